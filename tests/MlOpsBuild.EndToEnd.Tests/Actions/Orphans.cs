using System.Diagnostics;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>Programs a job left running. A runner finds them by a variable they inherited, and ends them with the job.</summary>
internal static class Orphans
{
    /// <summary>Ends the programs of a job; returns what they were.</summary>
    public static IReadOnlyList<string> End(string tracking)
    {
        var ended = new List<string>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            var command = Text(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim();
            if (Text(Path.Combine(folder, "environ")).Contains($"RUNNER_TRACKING_ID={tracking}", StringComparison.Ordinal)
                && TryEnd(int.Parse(Path.GetFileName(folder))))
            {
                ended.Add(command);
            }
        }

        return ended;
    }

    private static bool TryEnd(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
