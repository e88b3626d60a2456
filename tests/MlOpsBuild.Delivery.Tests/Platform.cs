using System.Runtime.Versioning;

// File modes and /proc are what these tests look at.
[assembly: UnsupportedOSPlatform("windows")]
