using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>Which rows are kept out of training. Rows without a label are in neither part, but where nothing is trained.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LastDays), "last-days")]
[JsonDerivedType(typeof(RandomShare), "share")]
[JsonDerivedType(typeof(GroupShare), "groups")]
[JsonDerivedType(typeof(OwnFiles), "files")]
[JsonDerivedType(typeof(AllCases), "cases")]
public abstract record HoldOut
{
    /// <summary>What intervals resample as a whole.</summary>
    [JsonIgnore]
    public abstract BlockUnit Unit { get; }

    /// <summary>What is held out, in words.</summary>
    public abstract string Describe();

    /// <summary>Splits the rows of <paramref name="table"/>; positions are ascending and never overlap.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="seed">Seed of what is drawn at random.</param>
    public Split Split(DataTable table, long seed)
    {
        IReadOnlyList<int> labelled = [.. Enumerable.Range(0, table.Rows).Where(row => !NeedsLabels || !double.IsNaN(table.Label[row]))];
        return Split(table, labelled, seed) with { Unlabelled = table.Rows - labelled.Count };
    }

    /// <summary>Why a champion cannot be compared on this hold-out; null when it can, on rows that it was not trained on.</summary>
    /// <param name="split">The candidate's split.</param>
    /// <param name="champion">What is known of the champion's training.</param>
    public abstract string? Overlap(SplitFacts split, SplitFacts champion);

    /// <summary>Whether rows without a label are in neither part.</summary>
    protected virtual bool NeedsLabels => true;

    /// <summary>What belongs together among rows that are trained on, row by row: null where each stands by itself.</summary>
    internal virtual IReadOnlyList<double>? UnitsOf(DataTable table, IReadOnlyList<int> rows) => null;

    /// <summary>Splits the rows in <paramref name="labelled"/>.</summary>
    protected abstract Split Split(DataTable table, IReadOnlyList<int> labelled, long seed);
}
