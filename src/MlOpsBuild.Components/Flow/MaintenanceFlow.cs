using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Health;
using MlOpsBuild.Store.Retention;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Components.Flow;

/// <summary>Keeps the store healthy, small and in step with the team's.</summary>
internal static class MaintenanceFlow
{
    public static async Task SyncAsync(RunSession session, bool statusOnly, bool packs, CancellationToken cancellationToken)
    {
        if (statusOnly && packs)
        {
            throw new UsageException(new Finding(
                "MLB7141", "Looking changes nothing, and packing does", "--pack-audit", "--status", "one of both", "leave one out"));
        }

        var team = session.Store.Team
            ?? throw new UsageException(new Finding(
                "MLB7056", "There is no team's state to sync with", "--remote", "none", "git, or an address",
                "add --remote git, or put it into .nuke/parameters.json as \"Remote\": \"git\""));
        session.SharesAtEnd &= !statusOnly;
        if (!statusOnly)
        {
            var report = await team.PublishAsync(cancellationToken);
            await session.TellAsync(cancellationToken, tellsUnsent: true);
            if (!report.Reached || report.ReadOnly || report.Unsent > 0)
            {
                throw new StageFailedException(new Finding(
                    "MLB7057", "Not everything is shared", "Sync", report.Problem, "a remote that answers and may be written",
                    "run it again later; nothing is lost"));
            }
        }

        if (packs)
        {
            await PackAsync(session, team, cancellationToken);
        }

        Tell(session, await team.StatusAsync(cancellationToken));
    }

    private static async Task PackAsync(RunSession session, TeamState team, CancellationToken cancellationToken)
    {
        var report = await team.PackAsync(cancellationToken);
        await session.TellAsync(cancellationToken);
        if (!report.Reached || report.ReadOnly)
        {
            throw new StageFailedException(new Finding(
                "MLB7140", "Not all of the team's audit log is packed", "Sync", report.Problem, "a remote that answers and may be written",
                "run it again later; nothing is lost"));
        }

        session.Output.Good(report.Sent == 0
            ? "the team's audit log is packed already"
            : string.Create(CultureInfo.InvariantCulture, $"{report.Sent:N0} files hold a thousand audit entries each"));
    }

    public static async Task ExamineAsync(RunSession session, bool dryRun, CancellationToken cancellationToken)
    {
        session.SharesAtEnd &= !dryRun;
        var report = await new StoreDoctor(session.Store, session.Time, repairs: !dryRun).ExamineAsync(cancellationToken);
        session.Output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"examined: {report.Blobs:N0} blobs, {report.Facts:N0} facts, {report.AuditEntries:N0} audit entries"));
        foreach (var diagnosis in report.Diagnoses)
        {
            var line =
                $"{diagnosis.Kind.ToString().ToLowerInvariant()}: {diagnosis.Finding}{(diagnosis.Done is { } done ? $" — {done}" : "")}";
            if (diagnosis.Kind == DiagnosisKind.Note)
            {
                session.Output.Line(line);
            }
            else
            {
                session.Output.Warn(line);
            }
        }

        var problems = report.Diagnoses.Where(diagnosis => diagnosis.Kind == DiagnosisKind.Problem)
            .Select(diagnosis => diagnosis.Finding)
            .ToList();
        problems.AddRange(await ServingAsync(session, cancellationToken));
        session.Note(
            $"{problems.Count} problems, {report.Diagnoses.Count(diagnosis => diagnosis.Kind == DiagnosisKind.Repaired)} repaired");
        if (problems.Count > 0)
        {
            throw new StageFailedException("The store has problems that need somebody", problems, Verdict.Error);
        }

        session.Output.Good("the store is healthy");
    }

    public static async Task MakeKeysAsync(RunSession session, CancellationToken cancellationToken)
    {
        var (privateKey, publicKey, name) = Trust.Create();
        var secret = Path.Combine(session.Store.Folder, "keys", name + ".pem");
        await PrivateFile.WriteNewAsync(secret, System.Text.Encoding.UTF8.GetBytes(privateKey), cancellationToken);
        var open = Path.Combine(session.Root, ".nuke", "keys", name + ".pem");
        await AtomicFile.WriteAsync(open, System.Text.Encoding.UTF8.GetBytes(publicKey), cancellationToken);
        session.Output.Good(
            $"public key: {Path.GetRelativePath(session.Root, open)}; commit it, and only what the private one signs is acted upon");
        session.Output.Line(
            $"private key: {Path.GetRelativePath(session.Root, secret)}; give it to those who package and deploy as {Trust.Variable} (its text, or this path), keep it elsewhere, and delete it here");
    }

    public static async Task PruneAsync(RunSession session, IReadOnlyList<string> keep, bool dryRun, CancellationToken cancellationToken)
    {
        session.SharesAtEnd &= !dryRun;
        var policy = RetentionPolicy.Parse(keep);
        var running = new List<(string Pipeline, int Version)>();
        foreach (var (pipeline, environment) in ServingPlaces.Of(session))
        {
            using var delivery = DeliveryParts.Look(session, pipeline, environment);
            running.AddRange((await delivery.Environment.ServersAsync(cancellationToken)).Select(server => (pipeline, server.Version)));
        }

        var retention = new Retention(session.Store, session.Time, running);
        var plan = dryRun ? await retention.PlanAsync(policy, cancellationToken) : await retention.ApplyAsync(policy, cancellationToken);
        foreach (var kind in plan.Facts.CountBy(path => path[..path.IndexOf('/', StringComparison.Ordinal)]))
        {
            session.Output.Line(
                string.Create(CultureInfo.InvariantCulture, $"{(dryRun ? "would go" : "gone")}: {kind.Value:N0} {kind.Key}"));
        }

        session.Output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{(dryRun ? "would go" : "gone")}: {plan.Blobs.Count:N0} blobs, {plan.Bytes:N0} bytes; {plan.KeptFacts:N0} facts stay"));
        session.Output.Line(dryRun ? "a dry run: nothing was changed" : "what an alias, an environment or an audit entry names was kept");
    }

    // What serves is looked at, too: what should and does not, what was begun and not finished, and what nobody trusted has signed.
    private static async Task<IReadOnlyList<Finding>> ServingAsync(RunSession session, CancellationToken cancellationToken)
    {
        var problems = new List<Finding>();
        foreach (var (pipeline, environment) in ServingPlaces.Looked(session))
        {
            using var delivery = DeliveryParts.Look(session, pipeline, environment);
            var registry = session.Store.Versions(pipeline);
            if (await delivery.TryObserveAsync(problems, cancellationToken) is not { } observed)
            {
                continue;
            }

            problems.AddRange(await registry.DoubtsAsync(cancellationToken));
            problems.AddRange(await delivery.Settlement.OpenAsync(observed, cancellationToken) is { } open
                ? [new("MLB7058", $"{pipeline}: {open}")]
                : []);
            if (ServingPlaces.Knows(session, environment))
            {
                problems.AddRange(InspectionFlow.ServingProblems(
                    pipeline, environment, await registry.ResolveAsync(EnvironmentAlias.Of(environment), cancellationToken), observed));
            }

            foreach (var orphan in observed.Servers.Where(server => !server.Instance.IsAmong(observed.Routes?.Upstreams ?? [])))
            {
                problems.Add(new(
                    "MLB7059", "A server gets no requests", orphan.Instance.Container ?? orphan.Instance.Folder,
                    $"v{orphan.Instance.Version}, {(orphan.Alive ? "alive" : "dead")}", "none that nothing routes to",
                    "the next Deploy ends it, or ./build.sh Stop"));
            }
        }

        return problems;
    }

    private static void Tell(RunSession session, SyncStatus status)
    {
        var kinds = status.Shared.Keys.Concat(status.Unsent.Keys)
            .Concat(status.Unreceived.Keys)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        session.Output.Line(
            $"{status.Remote}, branch {status.Branch}: {(status.Reached ? "answers" : $"does not answer ({status.Problem})")}");
        session.Output.Table(
            ["Kind", "On the branch", "Only here", "Not here yet"],
            kinds.Select(kind => (IReadOnlyList<string>)
            [
                kind, Count(status.Shared, kind), Count(status.Unsent, kind), Count(status.Unreceived, kind)
            ]));
        session.Output.Line(status.LastAgreed is { } agreed && agreed > DateTimeOffset.UnixEpoch
            ? string.Create(CultureInfo.InvariantCulture, $"both sides last agreed at {agreed.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : "both sides never agreed yet");
        session.Note(status.Unsent.Values.Sum() == 0
            ? "in step"
            : string.Create(CultureInfo.InvariantCulture, $"{status.Unsent.Values.Sum():N0} facts only here"));
    }

    private static string Count(IReadOnlyDictionary<string, int> counts, string kind) =>
        counts.GetValueOrDefault(kind).ToString("N0", CultureInfo.InvariantCulture);
}
