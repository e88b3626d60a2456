using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Looks at what runs and at what was done; changes nothing but what Stop is asked to.</summary>
internal static class InspectionFlow
{
    /// <summary>Shows what serves, of one pipeline or of all.</summary>
    public static async Task StatusAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        var servers = new List<ServerStatus>();
        var (down, elsewhere, views) = (new List<Finding>(), new List<Finding>(), new List<string>());
        var places = ServingPlaces.Looked(session).Where(place => only == null || place.Pipeline == only).ToList();
        foreach (var (pipeline, environment) in places)
        {
            using var delivery = DeliveryParts.Look(session, pipeline, environment);
            if (await delivery.TryObserveAsync(down, cancellationToken) is not { } observed)
            {
                continue;
            }

            var registry = session.Store.Versions(pipeline);
            var champion = await registry.ResolveAsync(EnvironmentAlias.Of(environment), cancellationToken);
            var simulated = new HashSet<int>();
            foreach (var number in observed.Servers.Select(server => server.Instance.Version).Distinct())
            {
                if (await registry.FindAsync(number, cancellationToken) is { Simulated: true })
                {
                    simulated.Add(number);
                }
            }

            servers.AddRange(observed.Servers.Select(server => new ServerStatus(
                pipeline, environment, observed.Address, server.Instance.Version, observed.RoleOf(server, champion?.Number), server.Percent,
                State(server), server.Instance.Created,
                server.Instance.Container ?? server.Instance.Pid.ToString(CultureInfo.InvariantCulture),
                simulated.Contains(server.Instance.Version), observed.Address == null ? null : delivery.Folder.FeedbackTokenFile)));
            (ServingPlaces.Knows(session, environment) ? down : elsewhere)
                .AddRange(ServingProblems(pipeline, environment, champion, observed));
            views.AddRange(await ViewMonitorFlow.LinesAsync(session, pipeline, environment, observed, cancellationToken));
            if (await delivery.Settlement.OpenAsync(observed, cancellationToken) is { } open)
            {
                session.Output.Warn($"{pipeline}: {open}");
            }
        }

        if (session.Output.WantsDocument)
        {
            session.Output.Document(new StatusDocument(servers, [.. down, .. elsewhere]));
        }
        else
        {
            Show(session, places.Count == 0, servers);
            views.ForEach(session.Output.Line);
        }

        elsewhere.ForEach(finding => session.Output.Warn(finding.ToString()));
        if (down.Count > 0)
        {
            throw new StageFailedException("What should serve does not", down, Verdict.Error);
        }
    }

    private static void Show(RunSession session, bool never, List<ServerStatus> servers)
    {
        if (servers.Count == 0)
        {
            session.Output.Line(never ? "Nothing has been deployed yet. ./build.sh Train Deploy does it." : "Nothing runs.");
            return;
        }

        session.Output.Table(
            ["Pipeline", "Environment", "Address", "Version", "Role", "Weight", "State", "Created", "Process", "Data"],
            servers.Select(server => (IReadOnlyList<string>)
            [
                server.Pipeline, server.Environment, server.Address?.ToString() ?? "gateway is down", $"v{server.Version}", server.Role,
                string.Create(CultureInfo.InvariantCulture, $"{server.Weight:0} %"), server.State,
                server.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
                server.Process[..Math.Min(12, server.Process.Length)],
                server.Simulated ? "simulated" : "measured",
            ]));
        foreach (var (address, file) in servers.Where(server => server.FeedbackTokenFile != null)
            .Select(server => (server.Address, server.FeedbackTokenFile))
            .Distinct())
        {
            session.Output.Line($"labels: POST {address}feedback with the token in {file}");
        }
    }

    /// <summary>What should serve and does not; empty where all is well or nothing was deployed.</summary>
    internal static IReadOnlyList<Finding> ServingProblems(
        string pipeline, string environment, ModelVersion? champion, Observation observed) =>
        champion == null || observed.Serving?.Version == champion.Number ? [] :
        [
            new(
                "MLB7050", $"v{champion.Number} should serve and does not", $"{pipeline}/{environment}", Describe(observed),
                $"v{champion.Number} behind the gateway",
                $"./build.sh Deploy --model-version {champion.Number}{(environment == LocalEnvironment.Name ? "" : $" --environment {environment}")} puts it back in place"),
        ];

    public static async Task StopAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        var known = ServingPlaces.Looked(session);
        if (only != null && known.All(place => place.Pipeline != only))
        {
            throw new UsageException(new Finding(
                "MLB7051", "Unknown pipeline", "--pipeline", only,
                known.Count > 0 ? string.Join(", ", known.Select(place => place.Pipeline).Distinct()) : "none runs", "correct the name"));
        }

        // Who may roll back may end what serves. Where nothing was started on this machine no process ends; containers are found by the
        // engine, whoever started them.
        var ends = known.Where(place => place.Environment != LocalEnvironment.Name).Union(ServingPlaces.Of(session));
        foreach (var place in ends.Where(place => only == null || place.Pipeline == only))
        {
            await GovernanceFlow.RequireRollbackAsync(session, "stop", [place.Pipeline], place.Environment, cancellationToken);
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
            var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["processes"] = ended.ToString(CultureInfo.InvariantCulture)
            };
            await session.Store.Audit.AppendAsync(
                session.Actor, "stop", $"{pipeline}/{environment}", "asked for", details, CancellationToken.None);
        }

        session.Output.Line(
            $"{pipeline}/{environment}: {ended} {(environment == LocalEnvironment.Name ? "processes" : "containers")} ended");
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

            var server = address.Port == observed.Address?.Port
                ? observed.Serving
                : observed.Servers.FirstOrDefault(server => server.Alive && server.Instance.Port == address.Port)?.Instance;
            if (server != null && address.IsLoopback)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{pipeline}-v{server.Version}");
            }

            known.AddRange(observed.Address is { } serving ? [serving.ToString()] : []);
        }

        throw new UsageException(new Finding(
            "MLB7052", "Nothing of this checkout serves there", "Lineage", address.ToString(),
            known.Count > 0 ? string.Join(", ", known) : "an address that ./build.sh Status shows", "correct the address"));
    }

    // What serves nothing may do so for a reason that its container knows.
    private static string Describe(Observation observed) =>
        observed.Servers.FirstOrDefault(server => server.Instance.Is(observed.Routes?.Baseline))
            is { Problem: { } problem, Instance.Version: var version }
            ? $"{observed.Describe()}: v{version}, {problem}"
            : observed.Describe();

    private static string State(ObservedServer server) =>
        server.Alive ? server.Percent > 0 ? "serving" : "warm" : server.Problem == null ? "dead" : $"dead: {server.Problem}";
}
