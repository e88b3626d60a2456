using System.Runtime.CompilerServices;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components;

/// <summary>All that components need of an engine beyond its definitions: token, output, masking, the caller's world.</summary>
internal static class EngineBridge
{
    private static readonly ConditionalWeakTable<INukeBuild, RunSession> Sessions = [];

    /// <summary>The session of <paramref name="build"/>, one per build instance.</summary>
    public static RunSession SessionOf(INukeBuild build) => Sessions.GetValue(build, static build =>
    {
        var context = ((NukeBuild)build).Context;
        return new(context.Root, context.Environment, context.Time, new ConsoleOutput(context.Console), build.IsServerBuild);
    });

    /// <summary>Gives the target's work the session and the token; a failure with findings sets the exit code it asks for.</summary>
    public static ITargetDefinition Performs(this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        definition.Executes(async () =>
        {
            var session = SessionOf(build);
            try
            {
                await work(session, ((NukeBuild)build).Context.Stopping);
            }
            catch (FindingsException failure)
            {
                build.ExitCode = failure.ExitCode;
                throw;
            }
            finally
            {
                if (session.TakeNotes() is { Count: > 0 } notes)
                {
                    build.ReportSummary(pairs => notes.Aggregate(pairs, (all, note) =>
                    {
                        all[note] = "";
                        return all;
                    }));
                }
            }
        });

    private sealed class ConsoleOutput(BuildConsole console) : ISessionOutput
    {
        public void Line(string text) => console.Line(text);

        public void Warn(string text) => console.Line(text, ConsoleTone.Warning);

        public void Good(string text) => console.Line(text, ConsoleTone.Good);

        public void Progress(string text) => console.Line("  " + text, ConsoleTone.Faint);

        public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) => console.Table(headers, rows);
    }
}
