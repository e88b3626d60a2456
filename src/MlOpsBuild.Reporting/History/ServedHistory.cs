using System.Globalization;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.History;

/// <summary>Answers which version served when, from the moves of the champion alias and the audit log.</summary>
public static class ServedHistory
{
    private static readonly string[] Starting = ["deploy", "rollback"];

    /// <summary>What served at <paramref name="at"/>.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="moves">The champion's moves, oldest first.</param>
    /// <param name="audit">The audit log.</param>
    /// <param name="at">The moment.</param>
    public static ServedThen At(string pipeline, IReadOnlyList<AliasMove> moves, IReadOnlyList<AuditEntry> audit, DateTimeOffset at)
    {
        var before = moves.Where(move => move.At <= at).OrderBy(move => move.At).ToList();
        if (before is not [.., { To: { } version } arrival])
        {
            return new(pipeline, at, null, null, moves.Where(move => move.At > at).Select(move => (DateTimeOffset?)move.At).Min(), null, null, null);
        }

        var until = moves.Where(move => move.At > at).Select(move => (DateTimeOffset?)move.At).Min();
        var last = audit.Where(entry => entry.At <= at && entry.Subject.StartsWith(pipeline + "/", StringComparison.Ordinal) && (Starting.Contains(entry.Action) || entry.Action == "stop"))
            .OrderBy(entry => entry.At).LastOrDefault();
        var stopped = last is { Action: "stop" }
            ? string.Create(CultureInfo.InvariantCulture, $"{last.Subject} was stopped by {last.Actor} at {last.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : null;
        return new(pipeline, at, version, arrival.At, until, arrival.Actor, arrival.Reason, stopped);
    }
}
