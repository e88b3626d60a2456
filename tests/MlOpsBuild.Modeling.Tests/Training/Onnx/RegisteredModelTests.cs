using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Calibrating;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Modeling.Training.Onnx.Tests;

public sealed class RegisteredModelTests
{
    private static readonly string Pin = new('a', 64);

    [Theory]
    [InlineData("mlflow://fares@champion", "fares", "champion", null)]
    [InlineData("mlflow://Fares of Paris@blue-2", "Fares of Paris", "blue-2", null)]
    [InlineData("MLFLOW://fares/17", "fares", null, "17")]
    public void An_address_names_a_model_and_a_version(string address, string name, string? alias, string? version)
    {
        RegisteredModel.IsOne(address).ShouldBeTrue();
        RegisteredModel.Parse(address, null).ShouldBe(new(name, alias, version, null));
    }

    [Theory]
    [InlineData("mlflow://fares")]
    [InlineData("mlflow://@champion")]
    [InlineData("mlflow://fares@")]
    [InlineData("mlflow://fares/latest")]
    [InlineData("mlflow://fares/1@champion")]
    [InlineData("mlflow://a/b@champion")]
    public void What_names_none_is_refused_when_the_pipeline_is_defined(string address) =>
        Should.Throw<UsageException>(() => Trainers.Onnx(address, Pin)).Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB2070");

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        Should.Throw<UsageException>(() => Trainers.Onnx("mlflow://fares", "abc")).Findings.Select(finding => finding.Code)
            .ShouldBe(["MLB2070", "MLB2071"]);

    [Fact]
    public void Its_file_lies_where_its_digest_says_and_is_part_of_the_key()
    {
        var trainer = Trainers.Onnx("mlflow://fares@champion", Pin.ToUpperInvariant());

        trainer.Registered!.Pinned.ShouldBe(Digest.Parse("sha256:" + Pin));
        trainer.Files.ShouldBe([$".mlops/downloads/{Pin}/model.onnx"]);
        trainer.Describe().ShouldBe($"onnx path=\"mlflow://fares@champion\" sha256=\"{Pin}\"");
    }

    [Fact]
    public void A_file_is_what_it_was()
    {
        var trainer = Trainers.Onnx("models/fares.onnx");

        trainer.Registered.ShouldBeNull();
        trainer.Files.ShouldBe(["models/fares.onnx"]);
        trainer.Describe().ShouldBe("onnx path=\"models/fares.onnx\"");
    }

    [Fact]
    public void Calibrated_it_is_the_same_model() =>
        Trainers.Onnx("mlflow://fares@champion", Pin).Calibrated(CalibrationMethod.Platt).Registered!.Name.ShouldBe("fares");
}
