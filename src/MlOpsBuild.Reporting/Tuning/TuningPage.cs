using MlOpsBuild.Rendering;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Pages;
using MlOpsBuild.Reporting.Rendering;

namespace MlOpsBuild.Reporting.Tuning;

/// <summary>What the template of a search is filled with.</summary>
/// <param name="Pipeline">Whose search it is.</param>
/// <param name="Answer">What it found, in a sentence.</param>
/// <param name="Simulated">Whether the data is.</param>
/// <param name="Ranges">What could be chosen.</param>
/// <param name="Best">The best trials.</param>
/// <param name="Failed">Trials without a value.</param>
/// <param name="Pictures">The charts.</param>
/// <param name="Method">How it was done.</param>
internal sealed record TuningPage(
    string Pipeline, string Answer, bool Simulated, ReportTable Ranges, ReportTable Best, ReportTable Failed,
    IReadOnlyList<DrawnChart> Pictures, string Method)
{
    /// <summary>The style sheet of all pages.</summary>
    public string Style { get; } = EmbeddedText.Read(typeof(ReportTemplate).Assembly, "style.css");
}
