using System.Globalization;
using MlOpsBuild.Engine.Definition;
using MlOpsBuild.Engine.Output;
using MlOpsBuild.Engine.Parameters;
using MlOpsBuild.Engine.Planning;

namespace MlOpsBuild.Engine.Execution;

/// <summary>One run of one build: check everything, plan, execute, tell.</summary>
internal sealed class BuildRun(NukeBuild build, BuildContext context)
{
    private const int Broken = 1;
    private const int WrongUsage = 2;
    private const int SomethingWouldRun = 5;
    private readonly HostWriter _writer = new(context.Console, context);

    public async Task<int> RunAsync(Func<NukeBuild, Target[]> defaults)
    {
        var state = build.State = RunState.Of(context);
        build.Context = context;
        context.Console.Attach(state.Host, () => state.Verbosity, context.Command);
        if (!Hook(build.OnBuildCreated, nameof(build.OnBuildCreated)))
        {
            return Broken;
        }

        var problems = new List<string>();
        var inputs = BuildInputs.Read(build, context, problems);
        TargetCatalog catalog;
        try
        {
            catalog = TargetCatalog.Of(build);
        }
        catch (InvalidOperationException broken)
        {
            problems.AddRange(broken.Message.Split('\n'));
            return Refuse(problems);
        }

        var names = new TargetNames(catalog, problems);
        var standard = names.Of(defaults(build));
        standard.ForEach(target => target.IsDefault = true);
        var named = names.Of([.. inputs.CommandLine.Targets, .. build.NamedTargets ?? []]);
        if (build.Help && problems.Count == 0)
        {
            HelpText.Write(context, catalog.Targets, inputs.Declarations, named);
            return 0;
        }

        if (!build.Plan)
        {
            problems.AddRange(inputs.Missing(build));
        }

        if (build.Parallel < 1)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"--parallel '{build.Parallel}' is not a whole number from 1 on."));
        }

        var invoked = named.Count > 0 || problems.Count > 0 ? named : standard;
        invoked.ForEach(target => target.Invoked = true);
        problems.AddRange(WithoutEffect(catalog, invoked));
        Plan(catalog, invoked, build.Skip is [] ? [.. catalog.Targets] : names.Of(build.Skip ?? []), problems);
        if (problems.Count > 0)
        {
            return Refuse(problems);
        }

        if (build.Json || (!build.Plan && invoked.Exists(target => target.OwnsOutput)))
        {
            context.Console.KeepOutputForData();
        }

        context.Planned(build.ExecutionPlan);
        return !Hook(build.OnBuildInitialized, nameof(build.OnBuildInitialized)) ? Broken
            : build.Plan ? await PlanAsync()
            : await ExecuteAsync(inputs);
    }

    // A switch that is taken and does nothing lets its caller believe that it did.
    private IEnumerable<string> WithoutEffect(TargetCatalog catalog, List<ExecutableTarget> invoked)
    {
        if (build.Plan)
        {
            yield break;
        }

        if (build.Json && invoked.Count > 0 && invoked is not [{ HasDocument: true }])
        {
            var known = string.Join(
                ", ", catalog.Targets.Where(target => target.HasDocument).Select(target => target.Name).Order(StringComparer.Ordinal));
            yield return $"--json does nothing for {string.Join(' ', invoked.Select(target => target.Name))}; it goes with --plan{(known.Length > 0 ? $", or with one of {known}" : "")}.";
        }

        foreach (var (given, name) in ((bool, string)[])[(build.Mermaid, "--mermaid"), (build.PlanExitCode, "--exit-code")])
        {
            if (given)
            {
                yield return $"{name} does nothing without --plan.";
            }
        }
    }

    private IEnumerable<string> Unread(TargetCatalog catalog, IReadOnlyCollection<ExecutableTarget> invoked) =>
        from value in build.Values.Values
        where value.IsOfCommandLine && build.ExecutionPlan.Count > 0
        let parameter = value.Declaration.Member
        where !build.ExecutionPlan.Any(target => build.MayRead(target, parameter))
        let readers = catalog.Targets.Where(target => target.Listed && build.MayRead(target, parameter)).Select(target => target.Name)
        select $"--{value.Declaration.Name} does nothing for {string.Join(' ', invoked.Select(target => target.Name))}; it goes with {string.Join(", ", readers.Order(StringComparer.Ordinal))}.";

    private void Plan(
        TargetCatalog catalog, IReadOnlyCollection<ExecutableTarget> invoked, IReadOnlyCollection<ExecutableTarget> skipped,
        List<string> problems)
    {
        try
        {
            build.ExecutionPlan = ExecutionPlanner.Plan(catalog.Targets, invoked);
        }
        catch (InvalidOperationException cycle)
        {
            problems.Add(cycle.Message);
        }

        if (problems.Count == 0)
        {
            PlanConditions.Apply(build.ExecutionPlan, skipped);
            problems.AddRange(PlanConditions.UnmetRequirements(build.ExecutionPlan));
            problems.AddRange(PlanConditions.WrongPartitions(build.ExecutionPlan, build.Partition));
            problems.AddRange(Unread(catalog, invoked));
        }
    }

    private async Task<int> PlanAsync()
    {
        var rows = PlanRow.Of(
            build.ExecutionPlan, await PlanForecast.OfAsync(build.ExecutionPlan, context.Stopping), context.Console.Masked);
        if (build.Json)
        {
            PlanText.WriteJson(context.Console, rows);
        }
        else if (build.Mermaid)
        {
            context.Console.Print(PlanMermaid.Of(rows));
        }
        else
        {
            PlanText.Write(context.Console, rows);
        }

        return build.PlanExitCode && rows.Any(row => row.WouldRun) ? SomethingWouldRun : 0;
    }

    private int Refuse(List<string> problems)
    {
        problems.ForEach(problem => context.Console.Print("Error: " + problem, ConsoleTone.Bad));
        context.Console.Print("Nothing was run. --help lists targets and parameters.");
        problems.ForEach(problem => build.State.Host.Annotate(_writer, "Build", context.Console.Masked(problem), at: null));
        return WrongUsage;
    }

    private async Task<int> ExecuteAsync(BuildInputs inputs)
    {
        if (build.Continue)
        {
            LastRun.Continue(context, build, inputs);
        }

        foreach (var target in build.ExecutionPlan.Where(target => target.Status == ExecutionStatus.Skipped))
        {
            if (!Hook(() => build.OnTargetSkipped(target.Name), nameof(build.OnTargetSkipped)))
            {
                return Broken;
            }
        }

        var started = context.Time.GetUtcNow();
        var executor = new TargetExecutor(build, context);
        await executor.RunAsync();
        Finish();
        var code = build.ExitCode ?? (build.IsFailing ? 1 : 0);
        RunSummary.Write(context.Console, build.ExecutionPlan, build.State.Verbosity);
        if (build.State.Host.ShowsSummaries && RunSummary.Markdown(build.ExecutionPlan, context.Console.Masked) is { Length: > 0 } markdown)
        {
            build.State.Host.Summarise(_writer, markdown);
        }

        LastRunFile.Write(context, build, inputs, started, code);
        if (executor.LeftBehind || context.Stopping.IsCancellationRequested)
        {
            context.EndChildren();
        }

        return code;
    }

    private bool Hook(Action hook, string name)
    {
        try
        {
            hook();
            return true;
        }
        catch (Exception problem)
        {
            context.Console.Print($"Error: {name} of {build.GetType().Name} failed: {problem}", ConsoleTone.Bad);
            return false;
        }
    }

    // What a build does at its end cannot undo what its targets did.
    private void Finish()
    {
        foreach (var end in build.TakeEnds().Append(build.OnBuildFinished))
        {
            try
            {
                end();
            }
            catch (Exception problem)
            {
                context.Console.Line($"After the last target: {problem.Message}", ConsoleTone.Warning);
            }
        }
    }
}
