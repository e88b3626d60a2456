namespace MlOpsBuild.Data.Differences;

/// <summary>What changed in the promise of one column.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Text">What changed, in one line.</param>
/// <param name="Breaks">Why data or requests that kept the promise before may break it now, or why those who rely on the column cannot any
/// more; null where nothing breaks.</param>
public sealed record ContractChange(string Column, string Text, string? Breaks)
{
    /// <summary>Whether it needs a new version of the contract.</summary>
    public bool IsBreaking => Breaks != null;
}
