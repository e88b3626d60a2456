using System.Globalization;
using MlOpsBuild.Components.Agents;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Dashboard;
using MlOpsBuild.Dashboard.Acts;
using MlOpsBuild.Dashboard.State;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Reporting.Lineage;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>The build behind the page: looks at store and environments, and has its own targets do what is asked for.</summary>
internal sealed class DashboardBuild(RunSession session, BuildCall call) : IDashboardBuild
{
    private const int MostLines = 60;

    public async Task<DashboardState> LookAsync(CancellationToken cancellationToken)
    {
        var places = new List<PlaceFacts>();
        foreach (var (pipeline, environment) in ServingPlaces.Looked(session))
        {
            places.Add(await FactsAsync(pipeline, environment, cancellationToken));
        }

        return StateComposer.Of(places, await session.Store.Audit.ReadAsync(cancellationToken));
    }

    public async Task<string?> TellAsync(VersionTopic topic, string pipeline, int version, CancellationToken cancellationToken)
    {
        if (await session.Store.Versions(pipeline).FindAsync(version, cancellationToken) is not { } found)
        {
            return null;
        }

        if (topic == VersionTopic.Lineage)
        {
            return LineageText.Render(await LineageFlow.OfAsync(session, pipeline, found, cancellationToken));
        }

        var bundle = await Bundle.OpenAsync(session.Store, found.Bundle, cancellationToken);
        return await File.ReadAllTextAsync((await bundle.PartAsync(BundlePart.Card, cancellationToken)).Path, cancellationToken);
    }

    public async Task<DashboardAnswer> ActAsync(DashboardAct act, CancellationToken cancellationToken)
    {
        var (target, version) = (act.Kind.ToString(), act.Version?.ToString(CultureInfo.InvariantCulture) ?? "");
        await NoteAsync(act, target, version, cancellationToken);
        string[] arguments =
        [
            target, "--pipeline", act.Pipeline, "--environment", act.Environment,
            .. act.Kind switch
            {
                DashboardActKind.Rollback => (string[])[$"--reason={act.Reason}"],
                DashboardActKind.Approve => [$"--of=v{version}", $"--reason={act.Reason}"],
                _ => ["--model-version", version],
            },
        ];
        session.Output.Line($"asked for on the page: {string.Join(' ', arguments)}");
        var answer = await call.RunAsync(arguments, new OutputProgress(session.Output), cancellationToken);
        session.Output.Line($"{target} ended with {answer.ExitCode}");
        return new(
            answer.ExitCode,
            [
                .. $"{answer.Output}\n{answer.Errors}".Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)
                    .TakeLast(MostLines),
            ]);
    }

    // The act writes what it did by itself; a rollback does not wait for a log that cannot be written.
    private async Task NoteAsync(DashboardAct act, string target, string version, CancellationToken cancellationToken)
    {
        try
        {
            await session.Store.Audit.AppendAsync(
                session.Actor, "asked", $"{act.Pipeline}/{act.Environment}", act.Reason,
                new(StringComparer.Ordinal)
                {
                    ["by"] = "the dashboard", ["target"] = target, ["version"] = version.Length > 0 ? $"v{version}" : "",
                },
                cancellationToken);
        }
        catch (FindingsException unwritten)
        {
            session.Output.Warn($"that {target} was asked for is not in the audit log: {unwritten.Message}");
        }
    }

    private async Task<PlaceFacts> FactsAsync(string pipeline, string environment, CancellationToken cancellationToken)
    {
        var problems = new List<Finding>();
        using var delivery = DeliveryParts.Look(session, pipeline, environment);
        var observed = await delivery.TryObserveAsync(problems, cancellationToken);
        var (versions, alias) = (session.Store.Versions(pipeline), EnvironmentAlias.Of(environment));
        var champion = await versions.ResolveAsync(alias, cancellationToken);
        if (observed != null && ServingPlaces.Knows(session, environment))
        {
            problems.AddRange(InspectionFlow.ServingProblems(pipeline, environment, champion, observed));
        }

        var (policy, all) = (session.PolicyOf(environment), await versions.AllAsync(cancellationToken));
        var runs = await session.Store.Runs.OfAsync(pipeline, cancellationToken);
        var (lines, approvals) = await GovernedAsync(policy, pipeline, all, runs, problems, cancellationToken);
        return new(pipeline, environment)
        {
            Policy = lines, Approvals = approvals,
            Observed = observed, Problem = problems is [var first, ..] ? first.ToString() : null, Champion = champion?.Number,
            Before = (await versions.PredecessorsAsync(alias, cancellationToken)) is [var before, ..] ? before : null,
            Canary = LiveCanaryFile.Read(session.Store, pipeline, environment),
            Experiment = await ReportMaterial.ExperimentAsync(session.Store, pipeline, environment, cancellationToken),
            Watched = await new MonitorResultStore(session.Store).FindAsync(pipeline, environment, cancellationToken),
            Versions = all,
            Runs = runs,
            Deployments = await new DeploymentStore(session.Store).OfAsync(pipeline, cancellationToken),
            Moves = await versions.HistoryAsync(alias, cancellationToken),
        };
    }

    // A file of roles, or an approval, that cannot be read is told, and takes nobody the page to roll back on.
    private async Task<(IReadOnlyList<string> Lines, IReadOnlyDictionary<int, IReadOnlyList<Approval>>? Approvals)> GovernedAsync(
        EnvironmentPolicy? policy, string pipeline, IReadOnlyList<ModelVersion> versions, IReadOnlyList<RunRecord> runs,
        List<Finding> problems, CancellationToken cancellationToken)
    {
        if (policy == null)
        {
            return ([], null);
        }

        try
        {
            return (
                [.. policy.Describe(session.Roles, session.Time.GetUtcNow())],
                policy.Approval is { } rule
                    ? await ApprovalsAsync(rule, pipeline, policy.Environment, versions, runs, cancellationToken)
                    : null);
        }
        catch (FindingsException problem)
        {
            problems.AddRange(problem.Findings);
            return ([], null);
        }
    }

    private async Task<IReadOnlyDictionary<int, IReadOnlyList<Approval>>> ApprovalsAsync(
        ApprovalRule rule, string pipeline, string environment, IReadOnlyList<ModelVersion> versions, IReadOnlyList<RunRecord> runs,
        CancellationToken cancellationToken)
    {
        var (given, counting) = (
            await new ApprovalStore(session.Store).ByBundleAsync(pipeline, environment, cancellationToken),
            new Dictionary<int, IReadOnlyList<Approval>>());
        foreach (var version in versions.Where(version => given.Contains(version.Bundle)))
        {
            var maker = VersionMaker.Of(
                version, runs.FirstOrDefault(run => run.Id == version.Run), session.Store.Trust.Keys.Demands);
            counting[version.Number] = ApprovalTally.Counting(
                rule, [.. given[version.Bundle]], maker, session.Roles, session.Time.GetUtcNow());
        }

        return counting;
    }
}
