using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Backtesting;

/// <summary>What the template of a back-test is filled with.</summary>
/// <param name="Pipeline">Whose back-test it is.</param>
/// <param name="Answer">What it found, in a sentence.</param>
/// <param name="Simulated">Whether the data is.</param>
/// <param name="Windows">The windows, all cuts together.</param>
/// <param name="Cuts">Cut by cut.</param>
/// <param name="Title">What the chart shows.</param>
/// <param name="Svg">The chart.</param>
/// <param name="Method">How it was done.</param>
internal sealed record BacktestPage(
    string Pipeline, string Answer, bool Simulated, ReportTable Windows, ReportTable Cuts, string Title, string Svg, string Method)
{
    /// <summary>The style sheet of all pages.</summary>
    public string Style { get; } = EmbeddedText.Read(typeof(ReportTemplate).Assembly, "style.css");
}
