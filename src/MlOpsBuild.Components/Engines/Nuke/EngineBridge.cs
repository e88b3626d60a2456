using System.Runtime.CompilerServices;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using Serilog;

namespace MlOpsBuild.Components;

/// <summary>The base of ML builds that NUKE needs: its own.</summary>
public abstract class EngineBuild : NukeBuild;

/// <summary>All that components need of NUKE beyond its definitions: token, output, masking, the caller's world.</summary>
internal static class EngineBridge
{
    private const int WrongUsage = 2;
    private static readonly ConditionalWeakTable<INukeBuild, object> Prepared = [];
    private static readonly StopSignals Signals = new();
    private static readonly LogOutput Output = new();

    /// <summary>Looks at the world of <paramref name="build"/> before NUKE reads it, whatever class the build is derived from.</summary>
    public static void Prepare(INukeBuild build)
    {
        if (!Prepared.TryAdd(build, build))
        {
            return;
        }

        var known = new BuildParameters(build.GetType());
        CommandLineCheck.AdoptVariables(known, Environment.GetEnvironmentVariable, Environment.SetEnvironmentVariable);
        IReadOnlyList<string> problems =
        [
            .. CommandLineCheck.Problems(known, [.. EnvironmentInfo.CommandLineArguments], TargetOperands.Names),
            .. ParameterFiles.Problems(known, build.RootDirectory),
        ];
        if (problems.Count > 0)
        {
            problems.ToList().ForEach(problem => Log.Error("{Text:l}", problem));
            Log.Error("Nothing was run. --help lists targets and parameters.");
            Log.CloseAndFlush();
            Environment.Exit(WrongUsage);
        }
    }

    /// <summary>A session on what NUKE gives <paramref name="build"/>.</summary>
    public static RunSession NewSession(INukeBuild build)
    {
        BuildParameters.Secrets(build).ToList().ForEach(Output.Mask);
        return new(
            build.RootDirectory, [.. EnvironmentInfo.CommandLineArguments], EnvironmentInfo.Variables, TimeProvider.System, Output,
            build.IsServerBuild);
    }

    /// <summary>Runs <paramref name="action"/> when the build has ended: NUKE tells only builds of one's own class.</summary>
    public static void AtEnd(INukeBuild build, Action action) => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        try
        {
            action();
        }
        catch (Exception problem)
        {
            Console.Error.WriteLine(Output.Masked($"After the last target: {problem.Message}"));
        }
    };

    /// <summary>Fails the build, whose targets have ended: the process is about to.</summary>
    public static void FailAtEnd(INukeBuild build)
    {
        if (Environment.ExitCode == 0)
        {
            Environment.ExitCode = ExitCodes.TargetBroke;
        }
    }

    /// <summary>Environment variables of the build.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(INukeBuild build) => EnvironmentInfo.Variables;

    /// <summary>Cancelled when the build is stopped.</summary>
    public static CancellationToken StoppingOf(INukeBuild build) => Signals.Token;

    /// <summary>The exit code of a failure; NUKE's own would be 255 for all of them, and for a stop.</summary>
    public static Exception Told(INukeBuild build, Exception failure)
    {
        build.ExitCode = Signals.ExitCode ?? (failure as FindingsException)?.ExitCode ?? 1;
        return new TargetFailure(Output.Masked(failure switch
        {
            OperationCanceledException => "stopped",
            FindingsException => failure.Message,
            _ => failure.ToString()
        }));
    }

    /// <summary>A condition that is asked before the first target; NUKE would print the expression and end with 255.</summary>
    public static ITargetDefinition Requires(ITargetDefinition definition, INukeBuild build, Func<bool> holds, string text) =>
        definition.Requires(() => Holds(build, holds, text));

    /// <summary>What a target has to say in NUKE's table: NUKE writes a colon after each name.</summary>
    public static void Summarise(INukeBuild build, IReadOnlyList<string> notes) =>
        build.ReportSummary(pairs =>
        {
            pairs["Result"] = Output.Masked(string.Join(", ", notes));
            return pairs;
        });

    /// <summary>NUKE's plan asks nobody.</summary>
    public static ITargetDefinition Forecasts(
        ITargetDefinition definition, Func<CancellationToken, Task<(bool WouldRun, IReadOnlyList<string> Steps)>> forecast) => definition;

    /// <summary>NUKE waits for whatever runs.</summary>
    public static ITargetDefinition StopsGracefully(ITargetDefinition definition) => definition;

    /// <summary>NUKE has no such switch.</summary>
    public static ITargetDefinition HasDocument(ITargetDefinition definition) => definition;

    /// <summary>NUKE's help shows none.</summary>
    public static ITargetDefinition Example(ITargetDefinition definition, string arguments, string meaning) => definition;

    /// <summary>NUKE prints on standard output, whatever a target wants.</summary>
    public static ITargetDefinition OwnsOutput(ITargetDefinition definition, INukeBuild build) =>
        Requires(
            definition, build, () => false,
            "needs standard output for itself, on which NUKE prints: it runs in builds on MlOpsBuild's own engine");

    /// <summary>The targets that were asked for; NUKE names none where the default one runs, which is the last of its plan.</summary>
    public static IReadOnlyList<string> TargetsOf(INukeBuild build) =>
        [.. (build.InvokedTargets.Count > 0 ? build.InvokedTargets : build.ExecutionPlan.TakeLast(1)).Select(target => target.Name)];

    /// <summary>NUKE does one thing after the other.</summary>
    public static int LanesOf(INukeBuild build) => 1;

    /// <summary>Standard input of the process.</summary>
    public static Stream StandardInput() => Console.OpenStandardInput();

    /// <summary>Standard output of the process.</summary>
    public static Stream StandardOutput() => Console.OpenStandardOutput();

    private static bool Holds(INukeBuild build, Func<bool> holds, string text)
    {
        if (!holds())
        {
            build.ExitCode = WrongUsage;
            throw new TargetFailure(text);
        }

        return true;
    }
}
