using System.Diagnostics;
using System.Globalization;

namespace MlOpsBuild.Engine.Startup;

/// <summary>
/// The processes this one started, directly or not, that still belong to its session: a server that detached itself does not.
/// </summary>
internal static class ChildProcesses
{
    private const int ParentField = 1;
    private const int SessionField = 3;

    /// <summary>
    /// Ends them all. Only Linux tells who is whose child without asking another program; elsewhere children that heed
    /// the terminal's signal end by it.
    /// </summary>
    public static void End()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Until none is left: a child may have started another meanwhile.
        for (var round = 0; round < 5; round++)
        {
            var found = Descendants();
            if (found.Count == 0)
            {
                return;
            }

            found.ForEach(Kill);
        }
    }

    private static List<int> Descendants()
    {
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => char.IsAsciiDigit(name![0]))
            .Select(name => Read(name!))
            .OfType<Facts>()
            .ToList();
        var own = processes.Find(process => process.Id == Environment.ProcessId);
        var known = new HashSet<int> { Environment.ProcessId };
        while (processes.Any(process => known.Contains(process.Parent) && known.Add(process.Id)))
        {
            // One generation more each time.
        }

        return [.. processes
            .Where(process => known.Contains(process.Id) && process.Id != Environment.ProcessId && process.Session == own?.Session
                && process.State != 'Z')
            .Select(process => process.Id)];
    }

    // "pid (name) state ppid pgrp session …": the name may hold blanks and brackets.
    private static Facts? Read(string id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(Number(id), fields[0][0], Number(fields[ParentField]), Number(fields[SessionField]));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // it has ended
        }
    }

    private sealed record Facts(int Id, char State, int Parent, int Session);
}
