using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Images.Tests;

public sealed class ImagePlatformTests
{
    [Fact]
    public void Where_none_is_named_it_is_this_machines() => ImagePlatform.Parse([]).ShouldBe([ImagePlatform.Ours]);

    [Fact]
    public void Several_are_in_a_stated_order_and_each_once() =>
        ImagePlatform.Parse(["linux/arm64", "linux/amd64", "linux/arm64"]).Select(platform => platform.ToString())
            .ShouldBe(["linux/amd64", "linux/arm64"]);

    [Theory]
    [InlineData("linux/amd64", "linux-x64", "x86_64-linux-gnu")]
    [InlineData("linux/arm64", "linux-arm64", "aarch64-linux-gnu")]
    public void Each_has_the_names_of_Net_and_of_GNU(string platform, string runtime, string gnu)
    {
        var parsed = ImagePlatform.Parse([platform]).ShouldHaveSingleItem();

        (parsed.RuntimeIdentifier, parsed.Gnu).ShouldBe((runtime, gnu));
    }

    [Fact]
    public void All_that_are_unknown_are_told_at_once()
    {
        var failure = Should.Throw<UsageException>(() => ImagePlatform.Parse(["linux/arm64", "arm64", "windows/amd64"]));

        failure.Findings.Select(finding => finding.Value).ShouldBe(["arm64", "windows/amd64"]);
        failure.Findings[0].Expected.ShouldBe("linux/amd64 or linux/arm64");
    }

    [Fact]
    public void A_processor_that_no_images_are_made_for_is_told_when_one_is_wanted() =>
        Should.Throw<StageFailedException>(() => new ImagePlatform("riscv64").RuntimeIdentifier)
            .Findings[0].Fix!.ShouldContain("--no-image");

    [Fact]
    public void Names_of_images_for_others_say_the_processor()
    {
        var other = ImagePlatform.All.Single(platform => !platform.IsOurs);

        ImageName.Of("BikeDemand", 3, ImagePlatform.Ours).ShouldBe("bikedemand:v3");
        ImageName.Of("BikeDemand", 3, other).ShouldBe($"bikedemand:v3-{other.Architecture}");
    }
}
