using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Reporting.Maturity;

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
        using var admin = new AdminClient();
        foreach (var pipeline in pipelines)
        {
            var environment = Environment(session, pipeline, admin);
            var observed = await environment.ObserveAsync(cancellationToken);
            var champion = await session.Store.Versions(pipeline).ResolveAsync(Deployer.Champion, cancellationToken);
            var simulated = (await session.Store.Versions(pipeline).AllAsync(cancellationToken)).Where(version => version.Simulated).Select(version => version.Number).ToHashSet();
            rows.AddRange(observed.Servers.Select(server => (IReadOnlyList<string>)
            [
                pipeline, LocalEnvironment.Name, observed.Address?.ToString() ?? "gateway is down", $"v{server.Instance.Version}", Role(server, observed, champion?.Number),
                string.Create(CultureInfo.InvariantCulture, $"{server.Percent:0} %"), server.Alive ? server.Percent > 0 ? "serving" : "warm" : "dead",
                server.Instance.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), server.Instance.Pid.ToString(CultureInfo.InvariantCulture),
                simulated.Contains(server.Instance.Version) ? "simulated" : "measured",
            ]));
            if (champion != null && observed.Serving?.Version != champion.Number)
            {
                session.Output.Warn($"{pipeline}: v{champion.Number} should serve and does not; ./build.sh Deploy --model-version {champion.Number} starts it again");
            }
        }

        if (rows.Count == 0)
        {
            session.Output.Line("Nothing runs.");
            return;
        }

        session.Output.Table(["Pipeline", "Environment", "Address", "Version", "Role", "Weight", "State", "Runs since", "Pid", "Data"], rows);
    }

    public static async Task StopAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        var known = Pipelines(session);
        if (only != null && !known.Contains(only))
        {
            throw new UsageException(new Finding("Unknown pipeline", "--pipeline", only, known.Count > 0 ? string.Join(", ", known) : "none runs", "correct the name"));
        }

        using var admin = new AdminClient();
        foreach (var pipeline in known.Where(pipeline => only == null || pipeline == only))
        {
            var ended = await Environment(session, pipeline, admin).StopAllAsync(cancellationToken);
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
        using var admin = new AdminClient();
        var known = new List<string>();
        foreach (var pipeline in Pipelines(session))
        {
            var observed = await Environment(session, pipeline, admin).ObserveAsync(cancellationToken);
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
        return [.. LocalStateFile.Pipelines(session.Root, LocalEnvironment.Name, session.Environment).Concat(registered).Distinct().Order(StringComparer.Ordinal)];
    }

    private static LocalEnvironment Environment(RunSession session, string pipeline, AdminClient admin)
    {
        var file = new LocalStateFile(session.Root, pipeline, LocalEnvironment.Name, session.Environment);
        return new(pipeline, file, new ServerLauncher(new(default, ""), file.Folder, session.Time), admin, session.Time);
    }

    private static string Role(ObservedServer server, Observation observed, int? champion) =>
        server.Instance.Port == observed.Routes?.Canary?.Port ? "canary"
        : server.Instance.Version == champion ? "champion"
        : "for a rollback";
}
