using System.Text;
using System.Xml;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Rendering;

/// <summary>
/// The gates as JUnit test cases: what GitLab shows in a merge request without any token (<c>artifacts:reports:junit</c>).
/// </summary>
public static class JUnitXml
{
    /// <summary>One suite, one case a gate: failed, in error where it was not decided, else passed.</summary>
    public static byte[] Write(Report report)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(
            buffer, new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Legal(report.Pipeline));
            xml.WriteAttributeString("tests", XmlConvert.ToString(report.Gates.Count));
            xml.WriteAttributeString("failures", XmlConvert.ToString(report.Gates.Count(gate => Element(gate) == "failure")));
            xml.WriteAttributeString("errors", XmlConvert.ToString(report.Gates.Count(gate => Element(gate) == "error")));
            xml.WriteAttributeString("skipped", XmlConvert.ToString(report.Gates.Count(gate => !gate.Blocking)));
            foreach (var gate in report.Gates)
            {
                Case(xml, report, gate);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void Case(XmlWriter xml, Report report, ReportGate gate)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Legal(report.Pipeline));
        xml.WriteAttributeString("name", Legal(gate.Gate));
        if (!gate.Blocking)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Legal(gate.Evidence));
            xml.WriteEndElement();
        }
        else if (Element(gate) is { } element)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("message", Legal($"{gate.Verdict}: {gate.Evidence}"));
            xml.WriteString(Legal(
                $"candidate {ReportText.Number(gate.Candidate)}, compared with {ReportText.Number(gate.Reference)} ({gate.ReferenceName}){(gate.Difference is { } difference ? ", difference " + ReportText.Of(difference) : "")}"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string? Element(ReportGate gate) => !gate.Blocking ? null : gate.Verdict switch
    {
        Verdict.Passed => null,
        Verdict.Failed => "failure",
        _ => "error",
    };

    // XML has no way to write control characters.
    private static string Legal(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));
}
