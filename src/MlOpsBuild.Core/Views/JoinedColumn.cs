namespace MlOpsBuild.Core.Views;

/// <summary>A value of a feature view that becomes a column of a row.</summary>
/// <param name="From">The view's column.</param>
/// <param name="Name">The row's column.</param>
public sealed record JoinedColumn(string From, string Name);
