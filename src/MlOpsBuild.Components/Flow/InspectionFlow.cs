using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Reporting.Maturity;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Looks at what runs and at what was done; changes nothing but what Stop is asked to.</summary>
internal static class InspectionFlow
{
    public static async Task StatusAsync(RunSession session, CancellationToken cancellationToken)
    {
        var places = ServingPlaces.Looked(session);
        if (places.Count == 0)
        {
            session.Output.Line("Nothing has been deployed yet. ./build.sh Train Deploy does it.");
            return;
        }

        var rows = new List<IReadOnlyList<string>>();
        var (down, elsewhere, tokens) = (new List<Finding>(), new List<Finding>(), new List<string>());
        foreach (var (pipeline, environment) in places)
        {
            using var delivery = DeliveryParts.Look(session, pipeline, environment);
            if (await delivery.TryObserveAsync(down, cancellationToken) is not { } observed)
            {
                continue;
            }

            var champion = await session.Store.Versions(pipeline).ResolveAsync(EnvironmentAlias.Of(environment), cancellationToken);
            var simulated = (await session.Store.Versions(pipeline).AllAsync(cancellationToken)).Where(version => version.Simulated).Select(version => version.Number).ToHashSet();
            rows.AddRange(observed.Servers.Select(server => (IReadOnlyList<string>)
            [
                pipeline, environment, observed.Address?.ToString() ?? "gateway is down", $"v{server.Instance.Version}", Role(server, observed, champion?.Number),
                string.Create(CultureInfo.InvariantCulture, $"{server.Percent:0} %"), State(server),
                server.Instance.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), server.Instance.Container?[..12] ?? server.Instance.Pid.ToString(CultureInfo.InvariantCulture),
                simulated.Contains(server.Instance.Version) ? "simulated" : "measured",
            ]));
            (ServingPlaces.Knows(session, environment) ? down : elsewhere).AddRange(ServingProblems(pipeline, environment, champion, observed));
            tokens.AddRange(observed.Address is { } address ? [$"labels: POST {address}feedback with the token in {delivery.Folder.FeedbackTokenFile}"] : []);
            if (await delivery.Settlement.OpenAsync(observed, cancellationToken) is { } open)
            {
                session.Output.Warn($"{pipeline}: {open}");
            }
        }

        if (rows.Count == 0)
        {
            session.Output.Line("Nothing runs.");
        }
        else
        {
            session.Output.Table(["Pipeline", "Environment", "Address", "Version", "Role", "Weight", "State", "Created", "Process", "Data"], rows);
            tokens.ForEach(session.Output.Line);
        }

        elsewhere.ForEach(finding => session.Output.Warn(finding.ToString()));
        if (down.Count > 0)
        {
            throw new StageFailedException("What should serve does not", down, Verdict.Error);
        }
    }

    /// <summary>What should serve and does not; empty where all is well or nothing was deployed.</summary>
    internal static IReadOnlyList<Finding> ServingProblems(string pipeline, string environment, ModelVersion? champion, Observation observed) =>
        champion == null || observed.Serving?.Version == champion.Number ? [] :
        [
            new($"v{champion.Number} should serve and does not", $"{pipeline}/{environment}", Describe(observed), $"v{champion.Number} behind the gateway",
                $"./build.sh Deploy --model-version {champion.Number}{(environment == LocalEnvironment.Name ? "" : $" --environment {environment}")} puts it back in place"),
        ];

    public static async Task StopAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        var known = ServingPlaces.Looked(session);
        if (only != null && known.All(place => place.Pipeline != only))
        {
            throw new UsageException(new Finding("Unknown pipeline", "--pipeline", only, known.Count > 0 ? string.Join(", ", known.Select(place => place.Pipeline).Distinct()) : "none runs", "correct the name"));
        }

        // One that cannot be ended keeps no other one running.
        var problems = new List<Finding>();
        foreach (var (pipeline, environment) in known.Where(place => only == null || place.Pipeline == only))
        {
            try
            {
                await StopAsync(session, pipeline, environment, cancellationToken);
            }
            catch (FindingsException problem)
            {
                problems.AddRange(problem.Findings);
            }
        }

        if (problems.Count > 0)
        {
            throw new StageFailedException("Something could not be ended", problems, Verdict.Error);
        }
    }

    private static async Task StopAsync(RunSession session, string pipeline, string environment, CancellationToken cancellationToken)
    {
        using var delivery = DeliveryParts.Look(session, pipeline, environment);
        var ended = await delivery.Environment.StopAllAsync(cancellationToken);
        if (ended > 0)
        {
            var details = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["processes"] = ended.ToString(CultureInfo.InvariantCulture) };
            await session.Store.Audit.AppendAsync(session.Actor, "stop", $"{pipeline}/{environment}", "asked for", details, CancellationToken.None);
        }

        session.Output.Line($"{pipeline}/{environment}: {ended} {(environment == LocalEnvironment.Name ? "processes" : "containers")} ended");
    }

    /// <summary>The name of the version that serves at <paramref name="address"/>.</summary>
    /// <exception cref="UsageException">Nothing of this checkout serves there.</exception>
    public static async Task<string> ServingAtAsync(RunSession session, Uri address, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        foreach (var (pipeline, environment) in ServingPlaces.Looked(session))
        {
            using var delivery = DeliveryParts.Look(session, pipeline, environment);
            if (await delivery.TryObserveAsync([], cancellationToken) is not { } observed)
            {
                continue;
            }

            var server = address.Port == observed.Address?.Port ? observed.Serving : observed.Servers.FirstOrDefault(server => server.Alive && server.Instance.Port == address.Port)?.Instance;
            if (server != null && address.IsLoopback)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{pipeline}-v{server.Version}");
            }

            known.AddRange(observed.Address is { } serving ? [serving.ToString()] : []);
        }

        throw new UsageException(new Finding("Nothing of this checkout serves there", "Lineage", address.ToString(), known.Count > 0 ? string.Join(", ", known) : "an address that ./build.sh Status shows", "correct the address"));
    }

    public static async Task MaturityAsync(RunSession session, string pipeline, MaturityLevel declared, CancellationToken cancellationToken)
    {
        var reports = Path.Combine(session.Store.Folder, "reports");
        var assessment = MaturityAssessment.Of(
            declared,
            await session.Store.Runs.OfAsync(pipeline, cancellationToken),
            await new DeploymentStore(session.Store).OfAsync(pipeline, cancellationToken),
            await session.Store.Audit.ReadAsync(cancellationToken),
            Directory.Exists(reports) && Directory.EnumerateFiles(reports, "report.md", SearchOption.AllDirectories).Any());
        session.Output.Table(
            ["Level", "Piece", "Evidence"],
            assessment.Pieces.Select(piece => (IReadOnlyList<string>)[$"{(int)piece.Level} {piece.Level}", piece.Piece, piece.Evidence ?? "missing"]));
        session.Output.Line($"{pipeline}: declared level {(int)assessment.Declared} ({assessment.Declared}), supported by evidence: {(int)assessment.Supported} ({assessment.Supported})");
        session.Output.Line(assessment.NextMissing is { } next ? $"next missing piece: {next.Piece}. How: {next.HowTo}" : "nothing is missing");
    }

    // What serves nothing may do so for a reason that its container knows.
    private static string Describe(Observation observed) =>
        observed.Servers.FirstOrDefault(server => server.Instance.Is(observed.Routes?.Baseline)) is { Problem: { } problem, Instance.Version: var version } ? $"{observed.Describe()}: v{version}, {problem}" : observed.Describe();

    private static string State(ObservedServer server) => server.Alive ? server.Percent > 0 ? "serving" : "warm" : server.Problem == null ? "dead" : $"dead: {server.Problem}";

    private static string Role(ObservedServer server, Observation observed, int? champion) =>
        server.Instance.Is(observed.Routes?.Canary) ? "canary"
        : server.Instance.Version == champion ? "champion"
        : "for a rollback";
}
