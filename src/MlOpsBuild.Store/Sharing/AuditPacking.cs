using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// Makes one file of every thousand entries of the team's audit log, which only grows: the same lines, in the same order. All else on the
/// branch <c>Prune</c> keeps small.
/// </summary>
internal sealed class AuditPacking(AuditLog audit, AuditParts parts)
{
    // As much as one commit should carry.
    private const int Most = 100;

    /// <summary>The changes to the branch that pack the next parts; none where all are packed.</summary>
    /// <exception cref="StageFailedException">This machine's log is not what the team has.</exception>
    public async Task<IReadOnlyList<TreeChange>> NextAsync(SharedTree shared, CancellationToken cancellationToken)
    {
        var full = shared.Audit.SkipLast(1).Where(part => !part.IsPacked).Take(Most).ToList();
        var changes = new List<TreeChange>();
        if (full.Count == 0)
        {
            return changes;
        }

        var marks = await new AuditAlignment(audit, parts).OfAsync(shared.Audit, cancellationToken);
        foreach (var part in full)
        {
            var ids = await parts.IdsAsync(part, cancellationToken);
            var lines = marks == null ? [] : await LinesAsync(marks, part.Number, cancellationToken);
            if (ids.Count != AuditPart.Full || !lines.Select(line => GitObject.IdOf(line)).SequenceEqual(ids))
            {
                throw new StageFailedException(new Finding(
                    "MLB4070", "The team's audit log cannot be packed", part.Path, $"{lines.Count} entries here",
                    $"the {ids.Count} entries that the team has", "run ./build.sh Doctor, and pack it from another machine"));
            }

            changes.Add(new(part.Path, null));
            changes.Add(new(part.PackedPath, [.. lines.SelectMany(line => line)]));
        }

        // From then on older programs are refused: they would take the log for gone.
        changes.Add(new(StoreSchema.FileName, CanonicalJson.Serialize(new { schema = StoreSchema.Packed })));
        return changes;
    }

    private async Task<IReadOnlyList<byte[]>> LinesAsync(IReadOnlyList<AuditMark> marks, int part, CancellationToken cancellationToken)
    {
        var lines = new List<byte[]>();
        await foreach (var (line, end) in LineBlocks.LinesAsync(
            audit.FilePath, part == 0 ? 0 : marks[part - 1].End, cancellationToken))
        {
            if (AuditEntry.TryParse(line.Span) is { } entry)
            {
                lines.Add(Encoding.UTF8.GetBytes(entry.ToLine()));
            }

            if (end >= marks[part].End)
            {
                break;
            }
        }

        return lines;
    }
}
