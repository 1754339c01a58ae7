"""The checker: any Noark 5 package, made by anyone, looked at by Arkade's tests and by our own (O.nn)."""
