namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>The loss of the rows with one value of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The value, as files write it.</param>
/// <param name="Rows">Rows with a label.</param>
/// <param name="Loss">Their mean loss now.</param>
/// <param name="HoldOut">That of the same rows of the hold-out.</param>
/// <param name="Share">Share of the whole rise of the loss that they explain, in [−1, 1].</param>
public sealed record SliceLoss(string Column, string Value, int Rows, double Loss, double HoldOut, double Share);
