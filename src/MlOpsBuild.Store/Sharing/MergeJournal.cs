using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// Makes renumbering whole: versions, the facts that name them and the audit entries change together or not at all, wherever the build
/// is killed. What is to be done is written first; every step can be repeated; the journal goes when all is done.
/// </summary>
internal sealed class MergeJournal(string storeFolder, LocalFacts facts, AuditLog audit)
{
    private const string RefusedAction = "alias move refused";

    /// <summary>Whether a killed build has left something to finish.</summary>
    public bool IsOpen => File.Exists(FileName);

    private string FileName => Path.Combine(storeFolder, "remote", "merge.json");

    /// <summary>Does what <paramref name="plan"/> says; <paramref name="agreed"/> entries of the audit log are the team's.</summary>
    public async Task ApplyAsync(MergePlan plan, int agreed, CancellationToken cancellationToken)
    {
        if (plan.Renumbered.Count == 0 && plan.Refused.Count == 0)
        {
            foreach (var file in plan.Files)
            {
                await WriteAsync(file, [], flush: false, cancellationToken);
            }

            return;
        }

        var entries = (await audit.ReadAsync(cancellationToken)).Skip(agreed).Select(entry => Digest.Of(entry.Content())).ToList();
        await AtomicFile.WriteAsync(
            FileName, CanonicalJson.Serialize(new Journal(plan.Files, plan.Renumbered, plan.Refused, entries, agreed)), cancellationToken);
        await FinishAsync(cancellationToken);
    }

    /// <summary>Goes on with what a killed build had begun, if anything; the caller holds the registries' locks.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is not { } journal)
        {
            return;
        }

        foreach (var file in journal.Files)
        {
            await WriteAsync(file, journal.Renumbered, flush: true, cancellationToken);
        }

        // An entry that was amended has another content, so that it is not amended twice.
        await audit.AmendAsync(
            journal.Agreed,
            entry => journal.Entries.Contains(Digest.Of(entry.Content())) ? Renumbering.Apply(entry, journal.Renumbered) : entry,
            cancellationToken);
        var told = (await audit.ReadAsync(cancellationToken)).Where(entry => entry.Action == RefusedAction).ToList();
        foreach (var refused in journal.Refused)
        {
            var subject = $"{refused.Pipeline}/{refused.Move.Alias}";
            var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["at"] = refused.Move.At.ToString("O"), ["from"] = $"v{refused.Move.From}", ["to"] = $"v{refused.Move.To}",
                ["standing"] = $"v{refused.Standing.To}",
            };
            if (!told.Exists(entry => entry.Subject == subject && entry.Details.SequenceEqual(details)))
            {
                await audit.AppendAsync(refused.Move.Actor, RefusedAction, subject, refused.Move.Reason, details, cancellationToken);
            }
        }

        File.Delete(FileName);
    }

    private async Task<Journal?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(FileName)
                ? CanonicalJson.Deserialize<Journal>(await File.ReadAllBytesAsync(FileName, cancellationToken))
                : null;
        }
        catch (JsonException)
        {
            // Written by rename, so this is not a death in the middle: the plan is made again from the branch.
            File.Delete(FileName);
            return null;
        }
    }

    private async Task WriteAsync(JournaledFile file, IReadOnlyList<Renumbered> renumbered, bool flush, CancellationToken cancellationToken)
    {
        // A run that was saved since this was decided tells more than what was decided; it only gets the new numbers.
        if (LocalFacts.IsMutable(file.Path) && facts.Read(file.Path) is { } current && GitObject.IdOf(current) != file.Was)
        {
            if (file.Content == null || !current.AsSpan().SequenceEqual(file.Content))
            {
                await facts.WriteAsync(file.Path, Carried(current, renumbered), flush, cancellationToken);
            }

            return;
        }

        if (file.Content == null)
        {
            facts.Delete(file.Path);
        }
        else
        {
            await facts.WriteAsync(file.Path, file.Content, flush, cancellationToken);
        }
    }

    private static byte[] Carried(byte[] fact, IReadOnlyList<Renumbered> renumbered) => renumbered.GroupBy(change => change.Pipeline)
        .Aggregate(fact, (content, pipeline) => Renumbering.Apply(
            content, pipeline.Key, pipeline.ToDictionary(change => change.From, change => change.To), always: false));

    private sealed record Journal(
        IReadOnlyList<JournaledFile> Files, IReadOnlyList<Renumbered> Renumbered, IReadOnlyList<RefusedMove> Refused,
        IReadOnlyList<Digest> Entries, int Agreed);
}
