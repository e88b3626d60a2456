using System.Diagnostics;
using System.Globalization;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Stages;

/// <summary>A stage's empty output folder; what a killed build left behind is swept when the next one begins.</summary>
internal sealed class StageWorkspace : IDisposable
{
    private StageWorkspace(string folder) => Folder = folder;

    public string Folder { get; }

    public static StageWorkspace In(string parent)
    {
        try
        {
            Directory.CreateDirectory(parent);
            foreach (var leftover in Directory.GetDirectories(parent).Where(OwnerIsGone))
            {
                Sweep(leftover);
            }

            return new(Directory.CreateDirectory(Path.Combine(parent, $"{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(parent, problem);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Sweep(string leftover)
    {
        try
        {
            Directory.Delete(leftover, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another build that began at the same time was faster.
        }
    }

    private static bool OwnerIsGone(string folder)
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
                && Process.GetProcessById(owner).HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
