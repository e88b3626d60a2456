namespace MlOpsBuild.Onnx.Export;

/// <summary>Attributes of nodes (AttributeProto).</summary>
internal static class OnnxAttribute
{
    public static OnnxMessage Of(string name, long value) => Begin(name, 2).Number(3, value);

    public static OnnxMessage Of(string name, float value) => Begin(name, 1).Single(2, value);

    public static OnnxMessage Of(string name, string value) => Begin(name, 3).Text(4, value);

    public static OnnxMessage Of(string name, IEnumerable<long> values) => Begin(name, 7).Number(8, values);

    public static OnnxMessage Of(string name, IEnumerable<float> values) => Begin(name, 6).Single(7, values);

    public static OnnxMessage Of(string name, IEnumerable<string> values) => Begin(name, 8).Text(9, values);

    /// <summary>A tensor.</summary>
    public static OnnxMessage Of(string name, OnnxMessage tensor) => Begin(name, 4).Message(5, tensor);

    private static OnnxMessage Begin(string name, int type) => new OnnxMessage().Text(1, name).Number(20, type);
}
