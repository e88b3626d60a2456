using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>
/// Every row is held out, with or without a label: nothing is trained on. What of them belongs together, whoever asks knows.
/// </summary>
public sealed record AllCases : HoldOut
{
    /// <summary>As it is kept of a version.</summary>
    public const string Words = "all cases";

    /// <inheritdoc />
    public override BlockUnit Unit => BlockUnit.Group;

    /// <inheritdoc />
    public override string Describe() => Words;

    /// <inheritdoc />
    public override string? Overlap(SplitFacts split, SplitFacts champion) => null;

    /// <inheritdoc />
    protected override bool NeedsLabels => false;

    /// <inheritdoc />
    protected override Split Split(DataTable table, IReadOnlyList<int> labelled, long seed) => new([], labelled, labelled, Unit);
}
