using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Profiles;

/// <summary>A column as its part of the page shows it.</summary>
/// <param name="Name">Header name.</param>
/// <param name="Kind">What it holds, in a word.</param>
/// <param name="Svg">Its histogram, or its rows in time; empty where it has none.</param>
/// <param name="Caption">What the picture shows.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="Top">The commonest values.</param>
/// <param name="Promises">The promises that cells break.</param>
internal sealed record ProfileColumn(
    string Name, string Kind, string Svg, string Caption, IReadOnlyList<ReportFact> Facts, ReportTable Top, ReportTable Promises);
