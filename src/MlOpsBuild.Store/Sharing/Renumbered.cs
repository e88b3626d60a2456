namespace MlOpsBuild.Store.Sharing;

/// <summary>A version registered without the remote whose number was taken meanwhile.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="From">The number it had on this machine.</param>
/// <param name="To">The number it has now, everywhere.</param>
public sealed record Renumbered(string Pipeline, int From, int To);
