using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class PipelineSettingsTests
{
    [Fact]
    public void Settings_are_names_and_values() =>
        PipelineSettings.Parse(["l2=10", "name=a=b", "empty="])
            .ShouldBe(new Dictionary<string, string> { ["l2"] = "10", ["name"] = "a=b", ["empty"] = "" }, ignoreOrder: true);

    [Fact]
    public void The_last_of_two_wins() => PipelineSettings.Parse(["l2=1", "l2=2"])["l2"].ShouldBe("2");

    [Fact]
    public void Everything_that_is_no_setting_is_named_at_once()
    {
        var failure = Should.Throw<UsageException>(() => PipelineSettings.Parse(["l2", "=3", "ok=1"]));
        failure.Findings.Select(finding => finding.Value).ShouldBe(["l2", "=3"]);
        failure.ExitCode.ShouldBe(2);
    }
}
