using MlOpsBuild.Reporting.Model;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Rendering.Tests;

public sealed class ReportSchemaTests
{
    [Fact]
    public void The_published_schema_is_the_one_of_the_report() =>
        DocumentSchema.ShouldBeIn(DocumentSchema.Of(typeof(Report), "Report of MlOpsBuild"), "src", "MlOpsBuild.Reporting", "Schema", ReportSchema.FileName);

    [Fact]
    public void The_build_carries_the_published_schema() => ReportSchema.Text.ShouldContain("\"title\": \"Report of MlOpsBuild\"");
}
