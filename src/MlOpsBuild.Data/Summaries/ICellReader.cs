namespace MlOpsBuild.Data.Summaries;

/// <summary>Says what a cell holds.</summary>
internal interface ICellReader
{
    /// <summary>Values of a kind that need not be read here; null where every cell has to be.</summary>
    PlainValues? Plain(CellKind kind);

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="value">Its number, of a time days; NaN where it has none.</param>
    /// <param name="problem">The promise it breaks, in a few words; null where it breaks none.</param>
    CellKind Read(Cell cell, out double value, out string? problem);
}
