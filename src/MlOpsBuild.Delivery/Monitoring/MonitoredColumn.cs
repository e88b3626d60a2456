namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>How far a column moved away from that of training.</summary>
/// <param name="Column">The column.</param>
/// <param name="Index">Population stability index.</param>
/// <param name="ByChance">What chance alone would make of it; null where there are too few days to tell.</param>
/// <param name="Moved">Whether that counts as drift.</param>
public sealed record MonitoredColumn(string Column, double Index, double? ByChance, bool Moved);
