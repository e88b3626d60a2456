using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Memory of a server process.</summary>
internal static class ProcessMemory
{
    private const string Peak = "VmHWM:";
    private const long Kibibyte = 1024;

    /// <summary>Most that it held so far, in bytes; null where nobody counts it, or it is gone.</summary>
    public static long? PeakOf(ServerInstance server)
    {
        try
        {
            // .NET gives 0 for the peak of another process on Linux.
            return OperatingSystem.IsLinux()
                ? File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{server.Pid}/status"))
                    .Where(line => line.StartsWith(Peak, StringComparison.Ordinal))
                    .Select(line => (long?)(long.Parse(
                        line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture)
                        * Kibibyte))
                    .FirstOrDefault()
                : OwnProcess.Find(server.Pid, server.Folder, server.Created) is { } process ? process.PeakWorkingSet64 : null;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
