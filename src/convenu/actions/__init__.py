"""What can be done, one function a sentence: permission, load, compute, save, audit entry, in one transaction."""
