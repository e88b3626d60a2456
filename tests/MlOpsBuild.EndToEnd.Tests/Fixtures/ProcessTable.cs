using System.Diagnostics;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Processes of this machine by their command line.</summary>
internal static class ProcessTable
{
    /// <summary>Processes whose command line holds <paramref name="path"/> and the word <paramref name="role"/>.</summary>
    public static IReadOnlyList<int> Naming(string path, string role) =>
    [
        .. Directory.GetDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!))
            .Where(pid => CommandLine(pid) is { } words
                && Array.Exists(words, word => word.StartsWith(path, StringComparison.Ordinal))
                && (role.Length == 0 || words.Contains(role)))
            .Order(),
    ];

    public static void Kill(IEnumerable<int> pids)
    {
        foreach (var pid in pids)
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
    }

    private static string[]? CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
