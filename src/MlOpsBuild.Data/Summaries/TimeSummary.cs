namespace MlOpsBuild.Data.Summaries;

/// <summary>How rows lie in time.</summary>
/// <param name="First">The earliest time.</param>
/// <param name="Last">The latest time.</param>
/// <param name="Backwards">Rows that are earlier than the one before them.</param>
/// <param name="Repeated">Rows with the time of the one before them.</param>
/// <param name="Step">The step between nine of ten rows; null where there is no such.</param>
/// <param name="MissingRows">Steps that were left out; null where there is no usual one.</param>
/// <param name="Gaps">The longest of them, at most ten.</param>
/// <param name="MissingDays">Days without rows between the earliest and the latest day; null where there are too many days to tell.</param>
/// <param name="ByMonth">Rows of each month that has some.</param>
public sealed record TimeSummary(
    DateTime First, DateTime Last, long Backwards, long Repeated, TimeSpan? Step, long? MissingRows, IReadOnlyList<TimeGap> Gaps,
    int? MissingDays, IReadOnlyList<RowsOfMonth> ByMonth);
