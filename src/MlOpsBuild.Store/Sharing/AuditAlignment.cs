using System.Text;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// Compares the beginning of this machine's audit log with what it agreed on with the team. What was compared is not compared again
/// while nothing but builds that append have written the file; whether the whole chain holds, <c>VerifyAudit</c> tells.
/// </summary>
internal sealed class AuditAlignment(AuditLog audit, AuditParts parts)
{
    /// <summary>
    /// The parts that <paramref name="agreed"/> names, with the places where they end in the file; null when an entry of them is gone or
    /// changed.
    /// </summary>
    public async Task<IReadOnlyList<AuditMark>?> OfAsync(IReadOnlyList<AuditPart> agreed, CancellationToken cancellationToken)
    {
        var known = AuditCheckpoint.Read(audit.FilePath)?.Marks ?? [];
        if (known.Count == agreed.Count && known.Zip(agreed).All(pair => pair.First.Id == pair.Second.Id))
        {
            return known;
        }

        using var held = await audit.LockAsync(cancellationToken);
        var before = FileStamp.Of(audit.FilePath);
        var marks = (AuditCheckpoint.Read(audit.FilePath)?.Marks ?? []).Zip(agreed)
            .TakeWhile(pair => pair.First.Id == pair.Second.Id)
            .Select(pair => pair.First)
            .ToList();
        var rest = agreed.Skip(marks.Count).ToList();
        await using var lines = LineBlocks.LinesAsync(audit.FilePath, EndOf(marks), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        foreach (var part in rest)
        {
            if ((part.IsPacked
                ? await PackedAsync(part, lines, cancellationToken)
                : await LooseAsync(part, lines, cancellationToken)) is not { } mark)
            {
                return null;
            }

            marks.Add(mark);
        }

        if (FileStamp.Of(audit.FilePath) == before)
        {
            await new AuditCheckpoint(before, marks).WriteAsync(audit.FilePath, cancellationToken);
        }

        return marks;
    }

    /// <summary>Where <paramref name="marks"/> end.</summary>
    public static long EndOf(IReadOnlyList<AuditMark> marks) => marks is [.., var last] ? last.End : 0;

    private async Task<AuditMark?> LooseAsync(
        AuditPart part, IAsyncEnumerator<(ReadOnlyMemory<byte> Text, long End)> lines, CancellationToken cancellationToken)
    {
        var (count, end) = (0, 0L);
        foreach (var id in await parts.IdsAsync(part, cancellationToken))
        {
            if (await NextAsync(lines, cancellationToken) is not { } line
                || (GitObject.IdOf(line.Text.Span) != id && GitObject.IdOf(Canonical(line.Text)) != id))
            {
                return null;
            }

            (count, end) = (count + 1, line.End);
        }

        return count == 0 ? null : new(part.Id, count, end);
    }

    // The object's name is over all lines: what stands on the branch need not be fetched.
    private static async Task<AuditMark?> PackedAsync(
        AuditPart part, IAsyncEnumerator<(ReadOnlyMemory<byte> Text, long End)> lines, CancellationToken cancellationToken)
    {
        var (texts, count, end) = (new List<byte[]>(), 0, 0L);
        while (count < AuditPart.Full && await NextAsync(lines, cancellationToken) is { } line)
        {
            texts.Add(line.Text.ToArray());
            (count, end) = (count + 1, line.End);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return count == AuditPart.Full
            && (GitObject.IdOf([.. texts.SelectMany(text => text)]) == part.Id
                || GitObject.IdOf([.. texts.SelectMany(text => Canonical(text))]) == part.Id)
            ? new(part.Id, count, end)
            : null;
    }

    // What is no entry, such as a line that was cut short, counts for nothing.
    private static async Task<(ReadOnlyMemory<byte> Text, long End)?> NextAsync(
        IAsyncEnumerator<(ReadOnlyMemory<byte> Text, long End)> lines, CancellationToken cancellationToken)
    {
        while (await lines.MoveNextAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (AuditEntry.IsWhole(lines.Current.Text.Span))
            {
                return lines.Current;
            }
        }

        return null;
    }

    private static byte[] Canonical(ReadOnlyMemory<byte> line) =>
        AuditEntry.TryParse(line.Span) is { } entry ? Encoding.UTF8.GetBytes(entry.ToLine()) : [];
}
