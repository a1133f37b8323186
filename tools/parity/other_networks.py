"""Records what diffusers computes with tiny random networks of the shapes of Stable Diffusion 2.x and of AutoencoderTiny.

    python tools/parity/other_networks.py test/fixtures/goldens/model/diffusers test/fixtures/networks

Writes a folder `second` in the layout of diffusers (GELU in the text encoder, linear projections, heads given for each block, the
autoencoder and tokenizer of the model named first), a folder `tiny-vae`, and networks.json / networks.bin with their outputs.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

from recording import write_recording

TIMESTEP = 471
WIDTH = 32


def spread(network, gain):
    """Larger weights than at the start of training, so that every layer shows in the output."""
    for name, weight in network.named_parameters():
        if name.endswith("bias"):
            weight.data = torch.randn_like(weight) * 0.02
        elif weight.dim() > 1:
            weight.data = torch.randn_like(weight) * gain / weight[0].numel() ** 0.5
    return network.half().float()


def unet():
    return UNet2DConditionModel(
        sample_size=16,
        block_out_channels=(8, 16),
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        attention_head_dim=(2, 4),
        cross_attention_dim=WIDTH,
        norm_num_groups=4,
        use_linear_projection=True,
    )


def text_encoder():
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=64,
            hidden_size=WIDTH,
            intermediate_size=64,
            num_hidden_layers=3,
            num_attention_heads=4,
            max_position_embeddings=77,
            hidden_act="gelu",
            pad_token_id=0,
            bos_token_id=62,
            eos_token_id=63,
        )
    )


def noise_of_v(sample, v):
    scheduler = DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", prediction_type="v_prediction", clip_sample=False)
    alpha = scheduler.alphas_cumprod[TIMESTEP]
    return alpha.sqrt() * v + (1 - alpha).sqrt() * sample


def main():
    model, out = Path(sys.argv[1]), Path(sys.argv[2])
    second = out / "second"
    second.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    network, text = spread(unet(), 1), spread(text_encoder(), 1)
    tiny = spread(AutoencoderTiny(encoder_block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8), num_encoder_blocks=(1, 1, 2, 1), num_decoder_blocks=(1, 2, 1, 1)), 1)
    tokens = torch.tensor([62, 5, 9, 1, 5, 30, 63] + 70 * [0], dtype=torch.int32)
    sample = torch.randn(1, 4, 16, 16)
    latent, pixels = torch.randn(1, 4, 4, 6) * 2, torch.rand(1, 3, 32, 48) * 2 - 1
    with torch.no_grad():
        states = text(tokens.long()[None]).last_hidden_state
        noise = network(sample, TIMESTEP, states).sample
        arrays = {
            "tokens": tokens,
            "sample": sample,
            "text": states,
            "epsilon": noise,
            "v_prediction": noise_of_v(sample, noise),
            "latent": latent,
            "pixels": pixels,
            "decoded": tiny.decode(latent).sample,
            "encoded": tiny.encode(pixels).latents,
        }
    write_recording(str(out / "networks"), {key: value.numpy() for key, value in arrays.items()}, {"timestep": TIMESTEP})
    network.half().save_pretrained(second / "unet")
    text.half().save_pretrained(second / "text_encoder")
    tiny.half().save_pretrained(out / "tiny-vae")
    for folder in ["vae", "tokenizer"]:
        if (model / folder).exists():
            shutil.copytree(model / folder, second / folder, dirs_exist_ok=True)
    (second / "scheduler").mkdir(exist_ok=True)
    config = json.loads((model / "scheduler/scheduler_config.json").read_text())
    (second / "scheduler/scheduler_config.json").write_text(json.dumps({**config, "prediction_type": "epsilon"}, indent=2) + "\n")
    for name, value in arrays.items():
        print(name, tuple(value.shape), float(value.float().std()))


main()
