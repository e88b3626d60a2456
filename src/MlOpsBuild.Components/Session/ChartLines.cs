using MlOpsBuild.Reporting.Charts;

namespace MlOpsBuild.Components.Session;

/// <summary>A chart in characters, below its title.</summary>
internal static class ChartLines
{
    public static void Write(ISessionOutput output, Chart chart)
    {
        output.Line(chart.Title + ":");
        foreach (var line in TextChart.Draw(chart).Split('\n'))
        {
            output.Line(line);
        }
    }
}
