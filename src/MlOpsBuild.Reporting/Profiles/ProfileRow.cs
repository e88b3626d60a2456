namespace MlOpsBuild.Reporting.Profiles;

/// <summary>A column's line of the table of all columns.</summary>
/// <param name="Name">Header name.</param>
/// <param name="Kind">What it holds, in a word.</param>
/// <param name="Missing">Share of missing cells.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Low">Smallest, earliest or commonest value.</param>
/// <param name="Middle">Median.</param>
/// <param name="High">Largest or latest value.</param>
/// <param name="Broken">Cells that break a promise; empty where none does.</param>
/// <param name="Svg">A small picture; empty where there is none.</param>
internal sealed record ProfileRow(string Name, string Kind, string Missing, string Distinct, string Low, string Middle, string High, string Broken, string Svg);
