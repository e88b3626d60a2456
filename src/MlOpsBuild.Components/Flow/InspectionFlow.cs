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
        var pipelines = Pipelines(session);
        if (pipelines.Count == 0)
        {
            session.Output.Line("Nothing has been deployed yet. ./build.sh Train Deploy does it.");
            return;
        }

        var rows = new List<IReadOnlyList<string>>();
        var (down, tokens) = (new List<Finding>(), new List<string>());
        foreach (var pipeline in pipelines)
        {
            using var delivery = LocalDelivery.Look(session, pipeline);
            var observed = await delivery.Environment.ObserveAsync(cancellationToken);
            var champion = await session.Store.Versions(pipeline).ResolveAsync(Deployer.Champion, cancellationToken);
            var simulated = (await session.Store.Versions(pipeline).AllAsync(cancellationToken)).Where(version => version.Simulated).Select(version => version.Number).ToHashSet();
            rows.AddRange(observed.Servers.Select(server => (IReadOnlyList<string>)
            [
                pipeline, LocalEnvironment.Name, observed.Address?.ToString() ?? "gateway is down", $"v{server.Instance.Version}", Role(server, observed, champion?.Number),
                string.Create(CultureInfo.InvariantCulture, $"{server.Percent:0} %"), server.Alive ? server.Percent > 0 ? "serving" : "warm" : "dead",
                server.Instance.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), server.Instance.Pid.ToString(CultureInfo.InvariantCulture),
                simulated.Contains(server.Instance.Version) ? "simulated" : "measured",
            ]));
            down.AddRange(ServingProblems(pipeline, champion, observed));
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
            session.Output.Table(["Pipeline", "Environment", "Address", "Version", "Role", "Weight", "State", "Created", "Pid", "Data"], rows);
            tokens.ForEach(session.Output.Line);
        }

        if (down.Count > 0 && ServesHere(session))
        {
            throw new StageFailedException("What should serve does not", down, Verdict.Error);
        }

        down.ForEach(finding => session.Output.Warn(finding.ToString()));
    }

    /// <summary>Whether this machine serves something, or did: one that never served anything is not the one that should.</summary>
    internal static bool ServesHere(RunSession session) => EnvironmentFolder.Pipelines(session.Root, LocalEnvironment.Name, session.Environment).Count > 0;

    /// <summary>What should serve and does not; empty where all is well or nothing was deployed.</summary>
    internal static IReadOnlyList<Finding> ServingProblems(string pipeline, ModelVersion? champion, Observation observed) =>
        champion == null || observed.Serving?.Version == champion.Number ? [] :
        [
            new($"v{champion.Number} should serve and does not", $"{pipeline}/{LocalEnvironment.Name}", observed.Describe(), $"v{champion.Number} behind the gateway",
                $"./build.sh Deploy --model-version {champion.Number} puts it back in place"),
        ];

    public static async Task StopAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        var known = Pipelines(session);
        if (only != null && !known.Contains(only))
        {
            throw new UsageException(new Finding("Unknown pipeline", "--pipeline", only, known.Count > 0 ? string.Join(", ", known) : "none runs", "correct the name"));
        }

        foreach (var pipeline in known.Where(pipeline => only == null || pipeline == only))
        {
            using var delivery = LocalDelivery.Look(session, pipeline);
            var ended = await delivery.Environment.StopAllAsync(cancellationToken);
            if (ended > 0)
            {
                var details = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["processes"] = ended.ToString(CultureInfo.InvariantCulture) };
                await session.Store.Audit.AppendAsync(session.Actor, "stop", $"{pipeline}/{LocalEnvironment.Name}", "asked for", details, CancellationToken.None);
            }

            session.Output.Line($"{pipeline}: {ended} processes ended");
        }
    }

    /// <summary>The name of the version that serves at <paramref name="address"/>.</summary>
    /// <exception cref="UsageException">Nothing of this checkout serves there.</exception>
    public static async Task<string> ServingAtAsync(RunSession session, Uri address, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        foreach (var pipeline in Pipelines(session))
        {
            using var delivery = LocalDelivery.Look(session, pipeline);
            var observed = await delivery.Environment.ObserveAsync(cancellationToken);
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

    /// <summary>Pipelines with processes or versions, from files alone: no definition is read.</summary>
    internal static IReadOnlyList<string> Pipelines(RunSession session)
    {
        var registry = Path.Combine(session.Store.Folder, "registry");
        var registered = Directory.Exists(registry) ? Directory.GetDirectories(registry).Select(folder => Path.GetFileName(folder)) : [];
        return [.. EnvironmentFolder.Pipelines(session.Root, LocalEnvironment.Name, session.Environment).Concat(registered).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string Role(ObservedServer server, Observation observed, int? champion) =>
        server.Instance.Port == observed.Routes?.Canary?.Port ? "canary"
        : server.Instance.Version == champion ? "champion"
        : "for a rollback";
}
