"""The running program: reads the environment, builds, starts and stops. The only package that knows all the others."""
