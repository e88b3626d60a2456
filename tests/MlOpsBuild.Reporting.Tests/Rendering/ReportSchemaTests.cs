using MlOpsBuild.Reporting.Model;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Rendering.Tests;

public sealed class ReportSchemaTests
{
    private static readonly string Wanted = DocumentSchema.Of(typeof(Report), "Report of MlOpsBuild");

    [Fact]
    public void The_published_schema_is_the_one_of_the_report() =>
        DocumentSchema.ShouldBeIn(Wanted, "src", "MlOpsBuild.Reporting", "Schema", ReportSchema.FileName);

    [Fact]
    public void The_build_carries_the_published_schema() => ReportSchema.Text.ShouldBe(Wanted, "renew the file, and build again");
}
