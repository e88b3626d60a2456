using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Tracking.Models.Tests;

public sealed class ModelDescriptionTests
{
    /// <summary>As MLflow's client writes it for an ONNX model.</summary>
    private const string Published =
        """
        artifact_path: model
        flavors:
          onnx:
            code: null
            data: weights/net.onnx
            onnx_version: 1.17.0
            providers:
            - CUDAExecutionProvider
            - CPUExecutionProvider
          python_function:
            data: weights/net.onnx
            loader_module: mlflow.onnx
            python_version: 3.12.3
        mlflow_version: 2.20.0
        model_uuid: 5f1c0d0e0b0e4b6f8a7e1f2d3c4b5a69
        run_id: 0f1e2d3c4b5a69788796a5b4c3d2e1f0
        utc_time_created: '2026-11-20 08:00:00.000000'
        """;

    [Fact]
    public void The_flavour_says_where_the_file_is() => OnnxFile(Published).ShouldBe("weights/net.onnx");

    [Fact]
    public void A_flavour_that_does_not_say_so_has_the_usual_name() => OnnxFile("flavors: { onnx: {} }").ShouldBe("model.onnx");

    [Fact]
    public void A_model_of_another_kind_is_refused_with_the_kinds_that_it_is()
    {
        var finding = Refused("flavors: { sklearn: { pickled_model: model.pkl }, python_function: {} }");

        (finding.Code, finding.Value).ShouldBe(("MLB4054", "sklearn, python_function"));
        finding.Fix!.ShouldContain("mlflow.onnx.log_model");
    }

    [Theory]
    [InlineData("flavors: { onnx: { data: ../../secret } }")]
    [InlineData("flavors: { onnx: { data: /etc/passwd } }")]
    [InlineData("a list: [1]")]
    [InlineData("")]
    public void What_leads_out_of_the_model_or_describes_none_is_refused(string text) => Refused(text).Code.ShouldBe("MLB4054");

    [Fact]
    public void What_is_no_YAML_is_refused() => Refused("flavors: {").Code.ShouldBe("MLB4055");

    private static string OnnxFile(string text) => ModelDescription.OnnxFile(Encoding.UTF8.GetBytes(text), "mlflow://a@b");

    private static Finding Refused(string text) => Should.Throw<StageFailedException>(() => OnnxFile(text)).Findings.ShouldHaveSingleItem();
}
