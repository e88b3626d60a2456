using System.Runtime.InteropServices;
using MlOpsBuild.Components.Session;
using Serilog;

namespace MlOpsBuild.Components;

/// <summary>The base of ML builds that NUKE needs: its own.</summary>
public abstract class EngineBuild : NukeBuild;

/// <summary>All that components need of NUKE beyond its definitions: token, output, masking, the caller's world.</summary>
internal static class EngineBridge
{
    private static readonly CancellationTokenSource Stopping = new();

    // NUKE runs assured targets beside the interrupted one and knows no SIGTERM; with these both end well.
    private static readonly PosixSignalRegistration[] Signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    /// <summary>A session on what NUKE gives <paramref name="build"/>.</summary>
    public static RunSession NewSession(INukeBuild build)
    {
        GC.KeepAlive(Signals);
        return new(build.RootDirectory, [.. EnvironmentInfo.CommandLineArguments], EnvironmentInfo.Variables, TimeProvider.System, new LogOutput(), build.IsServerBuild);
    }

    /// <summary>Cancelled when the build is stopped.</summary>
    public static CancellationToken StoppingOf(INukeBuild build) => Stopping.Token;

    /// <summary>NUKE's plan asks nobody.</summary>
    public static ITargetDefinition Foretells(ITargetDefinition definition, Func<CancellationToken, Task<(bool WouldRun, IReadOnlyList<string> Steps)>> forecast) => definition;

    /// <summary>NUKE waits for whatever runs.</summary>
    public static ITargetDefinition PutsThingsRight(ITargetDefinition definition) => definition;

    /// <summary>NUKE has no such switch.</summary>
    public static ITargetDefinition HasDocument(ITargetDefinition definition) => definition;

    private static void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Stopping.Cancel();
    }

    private sealed class LogOutput : ISessionOutput
    {
        private string[] _secrets = [];

        public bool WantsDocument => false;

        public void Document(string text) => Line(text);

        public void Line(string text) => Log.Information("{Text:l}", Masked(text));

        public void Warn(string text) => Log.Warning("{Text:l}", Masked(text));

        public void Good(string text) => Log.Information("{Text:l}", Masked(text));

        public void Progress(string text) => Log.Debug("{Text:l}", Masked(text));

        public void Mask(string secret)
        {
            if (!string.IsNullOrWhiteSpace(secret))
            {
                _secrets = [.. _secrets.Append(secret).Distinct().OrderByDescending(known => known.Length)];
            }
        }

        public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
        {
            List<IReadOnlyList<string>> lines = [headers, .. rows];
            var widths = headers.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
            foreach (var line in lines)
            {
                Line(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            }
        }

        private string Masked(string text) => _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));
    }
}
