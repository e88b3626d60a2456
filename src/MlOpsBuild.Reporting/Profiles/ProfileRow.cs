namespace MlOpsBuild.Reporting.Profiles;

/// <summary>A column's line of the table of all columns.</summary>
/// <param name="Name">Header name.</param>
/// <param name="Cells">Kind, missing and different values, range and median.</param>
/// <param name="Broken">Cells that break a promise; empty where none does.</param>
/// <param name="Svg">A small picture; empty where there is none.</param>
internal sealed record ProfileRow(string Name, IReadOnlyList<string> Cells, string Broken, string Svg);
