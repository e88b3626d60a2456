namespace MlOpsBuild.Core.Views;

/// <summary>The key of a row among the values of a feature view: its parts as texts, the same wherever it was read.</summary>
public static class EntityKey
{
    /// <summary>One text for all parts; null where one of them is missing, so that the row is about nobody.</summary>
    /// <param name="parts">The parts in the view's order.</param>
    public static string? Of(IReadOnlyList<string?> parts) => parts.Any(string.IsNullOrEmpty) ? null
        : string.Join('|', parts.Select(part =>
            part!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)));
}
