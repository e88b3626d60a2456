using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Profiles;

/// <summary>What the template of a profile is filled with.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Answer">What was found, in a sentence.</param>
/// <param name="Verdict">Passed, Failed, or Inconclusive where nothing is promised.</param>
/// <param name="Simulated">Whether the data is.</param>
/// <param name="Columns">Column by column.</param>
/// <param name="Overview">All of them, a line each.</param>
/// <param name="Correlations">The strongest ones.</param>
/// <param name="Findings">What is wrong with rows and files.</param>
/// <param name="Method">How it was done.</param>
internal sealed record ProfilePage(
    string Name, string Answer, string Verdict, bool Simulated, IReadOnlyList<ProfileColumn> Columns, IReadOnlyList<ProfileRow> Overview,
    ReportTable Correlations, ReportTable Findings, string Method)
{
    /// <summary>The style sheet of all pages.</summary>
    public string Style { get; } = EmbeddedText.Read(typeof(ReportTemplate).Assembly, "style.css");
}
