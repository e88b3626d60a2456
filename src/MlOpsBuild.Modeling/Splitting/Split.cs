using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>Rows to train on and rows held out.</summary>
/// <param name="Training">Positions of training rows, ascending.</param>
/// <param name="HeldOut">Positions of held-out rows, ascending.</param>
/// <param name="Block">The block of each held-out row.</param>
/// <param name="Unit">What a block is.</param>
public sealed record Split(IReadOnlyList<int> Training, IReadOnlyList<int> HeldOut, IReadOnlyList<int> Block, BlockUnit Unit)
{
    /// <summary>Each held-out row's place in the order drawn, in [0, 1); null where nothing was drawn.</summary>
    public IReadOnlyList<double>? Places { get; init; }

    /// <summary>By stratum, the place from which rows are for training; empty where nothing was drawn.</summary>
    public IReadOnlyDictionary<string, double> Cuts { get; init; } = new Dictionary<string, double>();

    /// <summary>Rows without a label, which are in neither part.</summary>
    public int Unlabelled { get; init; }
}
