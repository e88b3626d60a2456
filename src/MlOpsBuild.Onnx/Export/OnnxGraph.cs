using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Onnx.Export;

/// <summary>
/// A graph under construction: each operator gives the name of what it makes. Numbers are of double precision throughout.
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>Element type of doubles (TensorProto.DOUBLE).</summary>
    public const int Double = 11;

    /// <summary>Element type of singles.</summary>
    public const int Single = 1;

    /// <summary>Element type of 64-bit whole numbers.</summary>
    public const int Whole = 7;

    /// <summary>Element type of texts.</summary>
    public const int Text = 8;

    private readonly List<OnnxMessage> _nodes = [];
    private readonly List<OnnxMessage> _constants = [];
    private readonly List<OnnxMessage> _inputs = [];
    private int _names;

    /// <summary>A column that callers give.</summary>
    public string Input(string name, int type, int width = 1)
    {
        _inputs.Add(Value(name, type, width));
        return name;
    }

    /// <summary>A constant of doubles.</summary>
    public string Constant(ReadOnlySpan<double> values, params long[] shape)
    {
        var name = Name();
        _constants.Add(Tensor(Double, MemoryMarshal.AsBytes(values).ToArray(), shape).Text(8, name));
        return name;
    }

    /// <summary>A constant of whole numbers.</summary>
    public string Constant(params long[] values)
    {
        var name = Name();
        _constants.Add(Tensor(Whole, MemoryMarshal.AsBytes<long>(values).ToArray(), values.Length).Text(8, name));
        return name;
    }

    /// <summary>A standard operator.</summary>
    public string Apply(string operation, IReadOnlyList<string> inputs, params OnnxMessage[] attributes) =>
        Node(operation, "", inputs, attributes);

    /// <summary>An operator of classical machine learning.</summary>
    public string ApplyLearning(string operation, IReadOnlyList<string> inputs, params OnnxMessage[] attributes) =>
        Node(operation, "ai.onnx.ml", inputs, attributes);

    /// <summary>Another element type.</summary>
    public string Cast(string value, int type) => Apply("Cast", [value], OnnxAttribute.Of("to", type));

    /// <summary>Columns side by side.</summary>
    public string Beside(IReadOnlyList<string> columns) =>
        columns.Count == 1 ? columns[0] : Apply("Concat", columns, OnnxAttribute.Of("axis", 1));

    /// <summary>The sum of a row, in one column.</summary>
    public string RowSum(string value) => Apply("ReduceSum", [value, Constant(1L)]);

    /// <summary>The finished model file (ModelProto) with one output.</summary>
    /// <param name="output">What is answered.</param>
    /// <param name="name">Its name.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="facts">What is said of the model.</param>
    public byte[] ToModel(string output, string name, int width, IReadOnlyDictionary<string, string> facts)
    {
        _nodes.Add(new OnnxMessage().Text(1, output).Text(2, name).Text(4, "Identity"));
        return ToModel(Value(name, Double, width), facts);
    }

    /// <summary>The finished model file.</summary>
    /// <param name="output">The output as it is declared (ValueInfoProto).</param>
    /// <param name="facts">What is said of the model.</param>
    public byte[] ToModel(OnnxMessage output, IReadOnlyDictionary<string, string> facts)
    {
        var graph = new OnnxMessage();
        _nodes.ForEach(node => graph.Message(1, node));
        graph.Text(2, "model");
        _constants.ForEach(constant => graph.Message(5, constant));
        _inputs.ForEach(input => graph.Message(11, input));
        graph.Message(12, output);
        var model = new OnnxMessage().Number(1, 8).Text(2, "MlOpsBuild").Message(7, graph)
            .Message(8, new OnnxMessage().Text(1, "").Number(2, 17)).Message(8, new OnnxMessage().Text(1, "ai.onnx.ml").Number(2, 3));
        return facts.Aggregate(
            model, (message, fact) => message.Message(14, new OnnxMessage().Text(1, fact.Key).Text(2, fact.Value))).Content;
    }

    /// <summary>A tensor (TensorProto) of numbers as they lie in memory.</summary>
    public static OnnxMessage Tensor(int type, byte[] content, params long[] shape) =>
        new OnnxMessage().Number(1, shape).Number(2, type).Bytes(9, content);

    private string Node(string operation, string domain, IReadOnlyList<string> inputs, OnnxMessage[] attributes)
    {
        var name = Name();
        var node = new OnnxMessage().Text(1, inputs).Text(2, name).Text(4, operation);
        attributes.Aggregate(node, (message, attribute) => message.Message(5, attribute)).Text(7, domain);
        _nodes.Add(node);
        return name;
    }

    // ValueInfoProto of a tensor [rows, width].
    private static OnnxMessage Value(string name, int type, int width)
    {
        var shape = new OnnxMessage().Message(1, new OnnxMessage().Text(2, "rows")).Message(1, new OnnxMessage().Number(1, width));
        var tensor = new OnnxMessage().Number(1, type).Message(2, shape);
        return new OnnxMessage().Text(1, name).Message(2, new OnnxMessage().Message(1, tensor));
    }

    // A name no field can have.
    private string Name() => string.Create(CultureInfo.InvariantCulture, $"/{++_names}");
}
