using System.Diagnostics;

namespace MlOpsBuild.Core;

/// <summary>What a process that we start sees of our environment: where programs and libraries are, and no secret.</summary>
public static class ChildEnvironment
{
    private static readonly string[] Kept =
    [
        "PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH",
        "VIRTUAL_ENV", "CONDA_PREFIX", "JAVA_HOME", "R_LIBS_USER", "OMP_NUM_THREADS",
    ];

    /// <summary>Takes everything else away.</summary>
    /// <param name="start">What is about to be started.</param>
    /// <param name="also">Variables that it needs beside these, which may be secrets.</param>
    public static void Keep(ProcessStartInfo start, IReadOnlyList<string>? also = null)
    {
        string[] names = also == null ? Kept : [.. Kept, .. also];
        var kept = names.Where(start.Environment.ContainsKey).Select(name => KeyValuePair.Create(name, start.Environment[name])).ToList();
        start.Environment.Clear();
        kept.ForEach(variable => start.Environment[variable.Key] = variable.Value);
    }
}
