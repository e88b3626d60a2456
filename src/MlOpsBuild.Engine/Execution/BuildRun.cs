using MlOpsBuild.Engine.Definition;
using MlOpsBuild.Engine.Output;
using MlOpsBuild.Engine.Parameters;
using MlOpsBuild.Engine.Planning;

namespace MlOpsBuild.Engine.Execution;

/// <summary>One run of one build: check everything, plan, execute, tell.</summary>
internal sealed class BuildRun(NukeBuild build, BuildContext context)
{
    private const int WrongUsage = 2;
    private const int SomethingWouldRun = 5;

    public async Task<int> RunAsync(Func<NukeBuild, Target[]> defaults)
    {
        NukeBuild.Current = build.Context = context;
        var problems = new List<string>();
        var declarations = ParameterDeclaration.Of(build.GetType());
        var commandLine = CommandLine.Parse(context.Arguments, declarations, problems).WithOperands(build.Operands);
        build.Values = ParameterResolver.Resolve(declarations, commandLine, context, problems);
        foreach (var secret in build.Values.Values.SelectMany(value => value.Declaration.IsSecret ? value.Text : value.Text.SelectMany(UrlSecret.In)))
        {
            context.Console.Mask(secret);
        }

        foreach (var secret in context.Arguments.SelectMany(UrlSecret.In))
        {
            context.Console.Mask(secret);
        }

        build.Inject();
        TargetCatalog catalog;
        try
        {
            catalog = TargetCatalog.Of(build);
        }
        catch (InvalidOperationException broken)
        {
            problems.Add(broken.Message);
            return Refuse(problems);
        }

        var invoked = Invoked(catalog, commandLine.Targets, defaults, problems);
        var skipped = Named(catalog, build.Skip ?? [], problems);
        if (build.Help && problems.Count == 0)
        {
            HelpText.Write(context.Console, catalog.Targets, declarations, defaults(build).Select(target => catalog.Targets.First(known => known.Factory == target)));
            return 0;
        }

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
        }

        if (problems.Count > 0)
        {
            return Refuse(problems);
        }

        if (build.Plan)
        {
            return await PlanAsync();
        }

        return await ExecuteAsync();
    }

    private async Task<int> PlanAsync()
    {
        var rows = PlanRow.Of(build.ExecutionPlan, await PlanForecast.OfAsync(build.ExecutionPlan, context.Stopping));
        if (build.Json)
        {
            PlanText.WriteJson(context.Console, rows);
        }
        else if (build.Mermaid)
        {
            context.Console.Line(PlanMermaid.Of(rows));
        }
        else
        {
            PlanText.Write(context.Console, rows);
        }

        return build.PlanExitCode && rows.Any(row => row.WouldRun) ? SomethingWouldRun : 0;
    }

    private int Refuse(List<string> problems)
    {
        problems.ForEach(problem => context.Console.Line("Error: " + problem, ConsoleTone.Bad));
        context.Console.Line("Nothing was run. --help lists targets and parameters.");
        return WrongUsage;
    }

    private async Task<int> ExecuteAsync()
    {
        var started = context.Time.GetUtcNow();
        await new TargetExecutor(build, context).RunAsync();
        Finish();
        var code = build.ExitCode ?? (build.IsFailing ? 1 : 0);
        RunSummary.Write(context.Console, build.ExecutionPlan, build.Verbosity);
        LastRunFile.Write(context, build, started, code);
        return code;
    }

    // What a build does at its end cannot undo what its targets did.
    private void Finish()
    {
        try
        {
            build.OnBuildFinished();
        }
        catch (Exception problem)
        {
            context.Console.Line($"After the last target: {problem.Message}", ConsoleTone.Warning);
        }
    }

    private static List<ExecutableTarget> Invoked(TargetCatalog catalog, IReadOnlyList<string> names, Func<NukeBuild, Target[]> defaults, List<string> problems)
    {
        var invoked = names.Count > 0
            ? Named(catalog, names, problems)
            : [.. defaults(catalog.Build).Select(factory => catalog.Targets.First(target => target.Factory == factory))];
        invoked.ForEach(target => target.Invoked = true);
        return invoked;
    }

    private static List<ExecutableTarget> Named(TargetCatalog catalog, IReadOnlyList<string> names, List<string> problems)
    {
        var targets = new List<ExecutableTarget>();
        foreach (var name in names)
        {
            if (catalog.Find(name) is { } target)
            {
                targets.Add(target);
                continue;
            }

            var listed = catalog.Targets.Where(known => known.Listed).Select(known => known.Name).Order(StringComparer.Ordinal).ToList();
            problems.Add($"Unknown target '{name}'.{Suggestion.For(name, listed)} Targets: {string.Join(", ", listed)}.");
        }

        return [.. targets.Distinct()];
    }
}
