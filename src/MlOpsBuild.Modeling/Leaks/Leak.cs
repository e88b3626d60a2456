using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>One way by which a model could come to know what it is to predict.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Columns">The columns that bring it; empty for rows.</param>
/// <param name="Evidence">What was seen, in words with numbers.</param>
public sealed record Leak(LeakKind Kind, IReadOnlyList<string> Columns, string Evidence)
{
    /// <summary>Why the pipeline allows it; null where it does not.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Allowed { get; init; }

    /// <summary>What to say of one that is not allowed.</summary>
    internal Finding ToFinding() => new(
        "MLB2008", Kind switch
        {
            LeakKind.LabelCopy => "A feature determines the label",
            LeakKind.LabelSum => "Two features together give the label",
            LeakKind.ShiftedLabel => "A feature is the label of another row",
            LeakKind.RowNumber => "A feature numbers the rows",
            LeakKind.SharedRows => "The same rows are trained on and held out",
            _ => "Rows of one group are trained on and held out",
        },
        Columns.Count == 0 ? "the split" : $"column {string.Join(", ", Columns)}",
        Evidence,
        Kind is LeakKind.SharedRows or LeakKind.SharedGroups
            ? "rows that have nothing to do with those trained on"
            : "what is known when predicting",
        Kind switch
        {
            LeakKind.SharedRows => "remove the repeated rows, or say .AllowLeak(\"why it is none\")",
            LeakKind.SharedGroups =>
                "hold out whole groups with .HoldOut(x => x.…, share), or say .AllowLeak(x => x.…, \"why it is none\")",
            LeakKind.ShiftedLabel =>
                "take .Lag(…) of the label for what is known by then, remove the feature, or say .AllowLeak(x => x.…, \"why it is none\")",
            _ => "remove the feature, mark the column [Leak] or [Identifier], or say .AllowLeak(x => x.…, \"why it is none\")",
        });
}
