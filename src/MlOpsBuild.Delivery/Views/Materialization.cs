using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Views;
using MlOpsBuild.Online;

namespace MlOpsBuild.Delivery.Views;

/// <summary>The rows of a feature view → the value that counts now of each key, as a gateway finds it.</summary>
/// <param name="State">What they are.</param>
/// <param name="Values">One for each key.</param>
public sealed record Materialization(OnlineState State, IReadOnlyList<OnlineValue> Values)
{
    /// <summary>The values that count at <paramref name="now"/>; what was not true or known by then is the future.</summary>
    /// <param name="rows">The view's rows.</param>
    /// <param name="taken">What a pipeline takes of them.</param>
    /// <param name="snapshot">The digest of the rows.</param>
    /// <param name="now">The moment.</param>
    public static Materialization Of(ViewRows rows, JoinedView taken, Digest snapshot, DateTimeOffset now)
    {
        // Another version may take others of them: all are kept that nobody is named by.
        var view = rows.View;
        var used = taken.Columns.Select(column => column.From).ToHashSet(StringComparer.Ordinal);
        List<string> columns =
        [
            .. view.Contract.Columns.Where(column => used.Contains(column.Name)
                || (!column.PersonalData && column.Name != view.Time && column.Name != view.Known && !view.Entities.Contains(column.Name)))
                .Select(column => column.Name),
        ];
        List<OnlineValue> values =
        [
            .. rows.Index.Keys
                .Select(key => (Key: key, Row: rows.Index.Latest(key, now.UtcTicks)))
                .Where(found => found.Row != null)
                .Select(found => new OnlineValue(
                    found.Key, rows.Index.TimeOf(found.Row!.Value), [.. columns.Select(column => rows.Json(found.Row.Value, column))])),
        ];
        return new(
            new(snapshot.ToString(), now, values.Count, columns)
            {
                Newest = values.Count == 0 ? null : new DateTimeOffset(values.Max(value => value.Time.At), TimeSpan.Zero),
            },
            values);
    }

    /// <summary>Whether a store that has <paramref name="kept"/> lacks something of it.</summary>
    /// <param name="kept">What a store has; null for nothing.</param>
    /// <param name="rows">The rows that they come from.</param>
    public bool IsNewerThan(OnlineState? kept, ViewRows rows) => kept == null || kept.Snapshot != State.Snapshot
        || !kept.Columns.SequenceEqual(State.Columns)
        || rows.Index.Horizon > kept.At.UtcTicks;
}
