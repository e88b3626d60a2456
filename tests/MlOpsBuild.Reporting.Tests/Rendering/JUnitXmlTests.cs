using System.Xml.Linq;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Rendering.Tests;

public sealed class JUnitXmlTests
{
    [Fact]
    public void Every_gate_is_a_case_and_its_verdict_an_element()
    {
        var suite = Suite(Example.Judged(
            Example.Gate("a", Verdict.Passed), Example.Gate("b", Verdict.Failed), Example.Gate("c", Verdict.Inconclusive),
            Example.Gate("d", Verdict.Error), Example.Gate("e", Verdict.Failed, blocking: false)));

        suite.Elements()
            .Select(gate => (string)gate.Attribute("name")! + ":"
                + string.Join(',', gate.Elements().Select(element => element.Name.LocalName)))
            .ShouldBe(["a:", "b:failure", "c:error", "d:error", "e:skipped"]);
        ((int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!, (int)suite.Attribute("errors")!).ShouldBe((5, 1, 2));
        ((string)suite.Elements().ElementAt(2).Element("error")!.Attribute("message")!).ShouldStartWith("Inconclusive: ");
    }

    [Fact]
    public void Whatever_a_gate_is_called_the_file_is_XML() =>
        ((string)Suite(Example.Judged(Example.Gate("\u0001<script>\ud800 & \"x\"", Verdict.Failed))).Elements().Single().Attribute("name")!)
            .ShouldBe("<script> & \"x\"");

    private static XElement Suite(ReportInput input)
    {
        using var stream = new MemoryStream(JUnitXml.Write(ReportComposer.Compose(input)));
        return XDocument.Load(stream).Root!.Element("testsuite")!;
    }
}
